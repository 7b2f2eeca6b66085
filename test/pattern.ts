/** Long regular expressions, written in pieces. The flags are the last one's. */
export function pattern(...parts: readonly RegExp[]): RegExp {
  return new RegExp(parts.map(({ source }) => source).join(''), parts[parts.length - 1].flags);
}
