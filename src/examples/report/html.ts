/** Markup from templates in which every value is escaped. */

/** Text that is markup already. */
export class Markup {
  constructor(readonly text: string) {}
}

export type Part = Markup | string | number | readonly Part[] | null;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const textOf = (part: Part): string =>
  part instanceof Markup
    ? part.text
    : part === null
      ? ''
      : Array.isArray(part)
        ? part.map(textOf).join('')
        : String(part).replace(/[&<>"']/g, (c) => ENTITIES[c]);

/**
 * `html\`<b title="${name}">${name}</b>\``: values are escaped for text and for quoted attributes; Markup goes in as
 * it is, null as nothing.
 */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Markup =>
  new Markup(strings.reduce((text, string, i) => text + textOf(parts[i - 1]) + string));

/** A value for `<script type="application/json">`, which must not hold `</script` or `<!--`. */
export const json = (value: unknown): Markup =>
  new Markup(
    JSON.stringify(value)
      .replace(/</g, '\\u003c')
      .replace(/\u2028/g, '\\u2028')
      .replace(/\u2029/g, '\\u2029'),
  );
