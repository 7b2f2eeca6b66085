/** The head of a page that stands alone: what it may load is nothing from outside, whatever a name may smuggle in. */
import { type Markup, html } from './html';

export interface Head {
  readonly title: string;
  /** What may stand in the page, as a content security policy; nothing else may. */
  readonly allowed: string;
  /** Text of its style element. */
  readonly style: readonly Markup[];
}
const policyOf = (allowed: string): string => `default-src 'none'; ${allowed}; base-uri 'none'; form-action 'none'`;
export const headOf = ({ title, allowed, style }: Head): Markup => html`<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policyOf(allowed)}">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${style}</style>
</head>`;
