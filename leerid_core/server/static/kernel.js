// The connection with the page's kernel. It comes back by itself: the server keeps for this session
// what the kernel says meanwhile, and what is to be sent waits here.
const LONGEST_WAIT = 10;

class Kernel {
  constructor(base, id) {
    this.session = unique();
    const place = new URL(`${base}api/kernels/${id}/channels?session_id=${this.session}`, location);
    place.protocol = place.protocol.replace("http", "ws");
    this.address = place;
    this.waiting = [];
    this.unanswered = new Map();
    this.received = () => {};
    this.failures = 0;
    this.ready = false;
    this.again = false;
    this.connect();
  }

  get connected() {
    return this.socket.readyState === WebSocket.OPEN;
  }

  connect() {
    this.socket = new WebSocket(this.address, PROTOCOL);
    this.socket.binaryType = "arraybuffer";
    this.socket.onopen = () => this.opened();
    this.socket.onmessage = ({ data }) => this.receive(decoded(data));
    this.socket.onclose = () => this.closed();
  }

  opened() {
    this.failures = 0;
    // A kernel answers in order: once it answers this, nothing that came before is still to come.
    if (this.again) this.last = this.post(this.message("kernel_info_request", {}));
    else this.go();
    this.again = true;
  }

  go() {
    this.last = null;
    this.ready = true;
    for (const message of this.waiting.splice(0)) this.post(message);
  }

  // Something was lost on the way to the kernel or back. It is not sent again, for it may have been
  // done; the kernel knows how things stand, so the page is built anew from that.
  caughtUp() {
    if (this.unanswered.size) location.reload();
    else this.go();
  }

  closed() {
    this.ready = false;
    this.unanswered.delete(this.last);
    if (!document.getElementById("page")) return;
    const seconds = Math.min(2 ** this.failures, LONGEST_WAIT);
    this.failures += 1;
    setTimeout(() => this.connect(), 1000 * seconds);
  }

  // `callbacks.iopub.status` hears how the kernel stands while it works on the message.
  send(kind, content, { callbacks, metadata, buffers } = {}) {
    const message = this.message(kind, content, metadata, buffers, callbacks?.iopub?.status);
    if (this.ready) this.post(message);
    else this.waiting.push(message);
    return message.id;
  }

  message(kind, content, metadata = {}, buffers = [], heard = undefined) {
    const id = unique();
    const header = { msg_id: id, msg_type: kind, session: this.session, username: "", date: new Date().toISOString(), version: "5.3" };
    return { id, text: encoded(header, metadata, content, buffers), heard };
  }

  post({ id, text, heard }) {
    this.unanswered.set(id, heard);
    this.socket.send(text);
    return id;
  }

  receive(message) {
    const { msg_id } = message.parent_header;
    const isStatus = message.header.msg_type === "status";
    this.received(message, isStatus ? this.unanswered.get(msg_id) : undefined);
    if (!isStatus || message.content.execution_state !== "idle") return;
    this.unanswered.delete(msg_id);
    if (msg_id === this.last) this.caughtUp();
  }
}
