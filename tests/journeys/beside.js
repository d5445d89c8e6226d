// Two pictures in one, left and right: base64 in, base64 out.
async (pngs) => {
  const load = async (png) => createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
  const [left, right] = await Promise.all(pngs.map(load));
  const canvas = new OffscreenCanvas(left.width + right.width, Math.max(left.height, right.height));
  const context = canvas.getContext("2d");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(left, 0, 0);
  context.drawImage(right, left.width, 0);
  const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: "image/png" })).arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}
