// Yjs updates travel as base64 in JSON.
export function toBase64(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  }
  return btoa(text);
}

export function fromBase64(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

/** A waiting row as the server reads it. */
export function asJson({ kind, key, client, data }) {
  return { kind, key, client, data: toBase64(data) };
}
