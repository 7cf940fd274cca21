// A file made in the kernel's memory goes to the browser's downloads; it is on no disk before that.
function render({ model }) {
  const save = ({ name, type }, buffers) => {
    const address = URL.createObjectURL(new Blob(buffers, { type }));
    const link = document.createElement("a");
    link.href = address;
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  };
  model.on("msg:custom", save);
  return () => model.off("msg:custom", save);
}
export default { render };
