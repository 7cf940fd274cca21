// Messages as Jupyter's v1 protocol writes them: how many offsets, the offsets, the parts.
const PROTOCOL = "v1.kernel.websocket.jupyter.org";
const [HEADER, PARENT, , CONTENT, BUFFERS] = [1, 2, 3, 4, 5];
const NUMBER = 8;
const writer = new TextEncoder();
const reader = new TextDecoder();

// crypto.randomUUID is only there under TLS and on the machine itself.
function unique() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function bytes(buffer) {
  if (buffer instanceof ArrayBuffer) return new Uint8Array(buffer);
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}

function encoded(header, metadata, content, buffers) {
  const texts = ["shell", ...[header, {}, metadata, content].map((part) => JSON.stringify(part))];
  const parts = [...texts.map((text) => writer.encode(text)), ...buffers.map(bytes)];
  const offsets = [NUMBER * (parts.length + 2)];
  for (const part of parts) offsets.push(offsets.at(-1) + part.byteLength);
  const message = new Uint8Array(offsets.at(-1));
  const numbers = new DataView(message.buffer);
  [offsets.length, ...offsets].forEach((number, at) => numbers.setBigUint64(NUMBER * at, BigInt(number), true));
  parts.forEach((part, at) => message.set(part, offsets[at]));
  return message;
}

function decoded(message) {
  const numbers = new DataView(message);
  const number = (at) => Number(numbers.getBigUint64(NUMBER * at, true));
  const count = number(0) - 1;
  const part = (at) => new Uint8Array(message, number(at + 1), number(at + 2) - number(at + 1));
  const json = (at) => JSON.parse(reader.decode(part(at)));
  const buffers = [];
  // Copies: one that is kept must not keep the whole message with it.
  for (let at = BUFFERS; at < count; at += 1) buffers.push(new DataView(part(at).slice().buffer));
  return { header: json(HEADER), parent_header: json(PARENT), content: json(CONTENT), buffers };
}
