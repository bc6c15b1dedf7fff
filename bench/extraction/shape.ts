export interface ExpectedArticle {
  title: string;
  body: readonly string[];
  /** Lines that may stand in the text, each as a line of its own: sub-headlines, cells of a table. */
  optional?: readonly string[];
  /** ISO 8601; null when the page names none. */
  publishedAt: string | null;
  picture: string | null;
}

export interface Shape {
  name: string;
  url: string;
  page: string | Buffer;
  contentType?: string;
  /** null: the page is no article and must be refused. */
  article: ExpectedArticle | null;
  /** What must be absent from the text, beside the common furniture. */
  furniture?: readonly string[];
}

export const p = (paragraphs: readonly string[]): string =>
  paragraphs.map((text) => `<p>${text}</p>`).join('\n');
export const br = (paragraphs: readonly string[]): string => paragraphs.join('<br><br>\n');
export const jsonLd = (value: unknown): string =>
  `<script type="application/ld+json">${JSON.stringify(value).replaceAll('<', '\\u003c')}</script>`;
