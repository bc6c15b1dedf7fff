import type { Assets } from './assets';
import type { Example } from './examples';
import { Html, html } from './html';
import type { AppError } from '../../../errors';
import type { Role } from '../../../generated/prisma/client';

/** Who looks at a page of ours. */
export interface Visitor {
  name: string;
  role: Role;
}

/** What every page shows around its content. */
export interface PageFrame {
  assets: Assets;
  visitor: Visitor | null;
  /** Absolute: the login's cookies belong to the host that Kakao sends the browser back to. */
  signInUrl: string;
  notice: string | undefined;
}

const NOTICES = new Map([
  ['sign-in-failed', '로그인하지 못했습니다. 다시 시도해 주세요.'],
  ['kakao-unavailable', '지금은 카카오에 연결할 수 없습니다. 잠시 후 다시 시도해 주세요.'],
]);
const ROLES = { ADMIN: '관리자', USER: '독자' } as const;

const LOGO = new Html(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">' +
    '<path d="M3 29 29 3" stroke="#b98d5c" stroke-width="2" stroke-linecap="round"/>' +
    '<circle cx="24" cy="8" r="5.5" fill="#f09bb0"/><circle cx="16" cy="16" r="5.5" fill="#f3cf7c"/>' +
    '<circle cx="8" cy="24" r="5.5" fill="#9fc07a"/></svg>',
);
const ICON = `data:image/svg+xml,${encodeURIComponent(LOGO.text)}`;

/** GraphiQL with the examples; `newsroom` is the development newsroom's address. */
export function playgroundPage(
  frame: PageFrame,
  { schemaUrl, examples, newsroom }: { schemaUrl: string; examples: Example[]; newsroom: string | null },
): string {
  const { assets } = frame;
  const links = newsroom === null ? null : html`<a href="${newsroom}/" target="_blank">연습신문</a>`;
  return document(frame, {
    links,
    main: html`<main id="graphiql" data-schema-url="${schemaUrl}" data-examples="${JSON.stringify(examples)}">
      <p class="loading">불러오는 중…</p>
      <noscript><p>이 화면을 쓰려면 자바스크립트를 켜 주세요.</p></noscript>
    </main>`,
    styles: [assets.graphiqlStyle.url],
    scripts: [assets.react.url, assets.reactDom.url, assets.graphiql.url],
  });
}

/** What a production gateway shows to everybody but ADMIN. */
export function signInPage(frame: PageFrame): string {
  const { visitor } = frame;
  if (!visitor) {
    const text = '관리자 계정으로 로그인하면 GraphQL 화면이 열립니다.';
    return document(frame, { main: card('관리자 화면', text, signInLink(frame)), account: null });
  }
  const text = `${visitor.name} 님의 계정에는 관리자 권한이 없습니다. 로그아웃한 뒤 관리자 계정으로 로그인하세요.`;
  return document(frame, { main: card('관리자만 볼 수 있습니다', text) });
}

/** Shown when it cannot be known who asks. */
export function troublePage(frame: PageFrame, { code }: AppError): string {
  return document(frame, {
    main:
      code === 'UPSTREAM_UNAVAILABLE'
        ? card('지금은 연결할 수 없습니다', '데이터베이스가 응답하지 않습니다. 잠시 후 새로 고쳐 주세요.')
        : card('문제가 생겼습니다', '잠시 후 새로 고쳐 주세요. 계속되면 서버 기록을 확인해 주세요.'),
    account: null,
  });
}

interface Content {
  main: Html;
  links?: Html | null;
  account?: Html | null;
  styles?: string[];
  scripts?: string[];
}

function document(
  frame: PageFrame,
  { main, links = null, account = accountOf(frame), styles = [], scripts = [] }: Content,
): string {
  const { style, client } = frame.assets;
  const notice = NOTICES.get(frame.notice ?? '');
  return html`<!doctype html>
    <html lang="ko">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>경단 GraphQL</title>
        <link rel="icon" href="${ICON}" />
        ${[...styles, style.url].map((url) => html`<link rel="stylesheet" href="${url}" />`)}
        ${[...scripts, client.url].map((url) => html`<script src="${url}" defer></script>`)}
      </head>
      <body>
        <header>
          <h1>${LOGO} 경단 <small>GraphQL</small></h1>
          <nav>${links} ${account}</nav>
        </header>
        ${notice !== undefined && html`<p class="notice" role="alert">${notice}</p>`} ${main}
      </body>
    </html>`.text;
}

function accountOf(frame: PageFrame): Html {
  const { visitor } = frame;
  if (!visitor) return signInLink(frame);
  return html`<b>${visitor.name}</b> <span class="role">${ROLES[visitor.role]}</span>
    <button type="button" class="sign-out">로그아웃</button>`;
}

function card(title: string, text: string, action: Html | null = null): Html {
  return html`<main class="card">
    <h2>${title}</h2>
    <p>${text}</p>
    ${action}
  </main>`;
}

function signInLink({ signInUrl }: PageFrame): Html {
  return html`<a class="kakao" href="${signInUrl}">카카오로 로그인</a>`;
}
