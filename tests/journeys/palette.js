// A PNG with at most 256 colours, so that a folder of screenshots stays small: base64 in, base64 out.
async (png) => {
  const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
  const { width, height } = picture;
  const context = new OffscreenCanvas(width, height).getContext("2d");
  context.drawImage(picture, 0, 0);
  const pixels = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer).map((p) => p & 0xffffff);
  const counted = new Map();
  pixels.forEach((p) => counted.set(p, (counted.get(p) ?? 0) + 1));
  const colours = [...counted.keys()].sort((a, b) => counted.get(b) - counted.get(a));
  const kept = colours.slice(0, 256);
  const square = (a, b, shift) => (((a >> shift) & 255) - ((b >> shift) & 255)) ** 2;
  const apart = (a, b) => square(a, b, 0) + square(a, b, 8) + square(a, b, 16);
  const nearest = (colour) => kept.reduce((best, k, n) => (apart(k, colour) < apart(kept[best], colour) ? n : best), 0);
  const place = new Map(colours.map((colour, n) => [colour, n < 256 ? n : nearest(colour)]));

  const rows = new Uint8Array((width + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = place.get(pixels[y * width + x]);
  }
  const packed = new Blob([rows]).stream().pipeThrough(new CompressionStream("deflate"));
  const body = new Uint8Array(await new Response(packed).arrayBuffer());
  const head = new DataView(new ArrayBuffer(13));
  head.setUint32(0, width);
  head.setUint32(4, height);
  head.setUint16(8, 0x0803); // eight bits, a palette
  const palette = Uint8Array.from(kept.flatMap((p) => [p & 255, (p >> 8) & 255, (p >> 16) & 255]));

  const crc = (bytes) => {
    let value = -1;
    for (const byte of bytes) {
      value ^= byte;
      for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
    }
    return ~value;
  };
  const chunk = (kind, data) => {
    const whole = new Uint8Array(data.length + 12);
    const view = new DataView(whole.buffer);
    view.setUint32(0, data.length);
    whole.set([...kind].map((letter) => letter.charCodeAt(0)), 4);
    whole.set(data, 8);
    view.setInt32(data.length + 8, crc(whole.subarray(4, data.length + 8)));
    return whole;
  };
  const parts = [Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10), chunk("IHDR", new Uint8Array(head.buffer))];
  parts.push(chunk("PLTE", palette), chunk("IDAT", body), chunk("IEND", new Uint8Array()));
  const url = await new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.readAsDataURL(new Blob(parts));
  });
  return url.split(",")[1];
}
