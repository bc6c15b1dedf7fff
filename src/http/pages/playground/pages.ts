import path from 'node:path';
import { templatesIn } from '../../../templates';
import type { Assets } from './assets';
import type { Example } from './examples';
import type { QueuesView } from '../queues/queues-view';
import type { AppError } from '../../../errors';
import type { Visitor } from '../visitor';

/** What every page shows around its content. */
export interface PageFrame {
  assets: Assets;
  /** Which page it is. */
  heading: 'GraphQL' | '작업 큐';
  visitor: Visitor | null;
  /** Absolute: the login's cookies belong to the host that Kakao sends the browser back to. */
  signInUrl: string;
  notice: string | undefined;
}

const NOTICES = new Map([
  ['sign-in-failed', '로그인하지 못했습니다. 다시 시도해 주세요.'],
  ['sign-in-cancelled', '로그인을 취소했습니다.'],
  ['kakao-unavailable', '지금은 카카오에 연결할 수 없습니다. 잠시 후 다시 시도해 주세요.'],
]);
const PAGES: { heading: PageFrame['heading']; path: string }[] = [
  { heading: 'GraphQL', path: '/graphql' },
  { heading: '작업 큐', path: '/admin/queues' },
];
const ROLES = { ADMIN: '관리자', USER: '독자' } as const;

const render = templatesIn(path.join(__dirname, 'templates'));
const ICON = `data:image/svg+xml,${encodeURIComponent(render('logo', {}))}`;

/** GraphiQL with the examples; `newsroom` is the development newsroom's address. */
export function playgroundPage(
  frame: PageFrame,
  { schemaUrl, examples, newsroom }: { schemaUrl: string; examples: Example[]; newsroom: string | null },
): string {
  const { graphiqlStyle, react, reactDom, graphiql, graphqlWs, live } = frame.assets;
  return page(frame, {
    account: accountOf(frame),
    newsroom,
    playground: { schemaUrl, examples: JSON.stringify(examples), role: frame.visitor?.role },
    styles: [graphiqlStyle.url],
    scripts: [react, reactDom, graphiql, graphqlWs, live].map(({ url }) => url),
  });
}

/** The queues, and the newest jobs that failed. */
export function queuesPage(frame: PageFrame, queues: QueuesView): string {
  return page(frame, { account: accountOf(frame), queues, scripts: [frame.assets.queues.url] });
}

/** What everybody but ADMIN is shown of a page for ADMIN. */
export function signInPage(frame: PageFrame): string {
  const { heading, visitor, signInUrl: signIn } = frame;
  if (!visitor) {
    const text = `관리자 계정으로 로그인하면 ${heading} 화면이 열립니다.`;
    return page(frame, { card: { title: '관리자 화면', text, signIn } });
  }
  const text = `${visitor.name} 님의 계정에는 관리자 권한이 없습니다. 로그아웃한 뒤 관리자 계정으로 로그인하세요.`;
  return page(frame, { card: { title: '관리자만 볼 수 있습니다', text }, account: accountOf(frame) });
}

/** Shown when it cannot be known who asks. */
export function troublePage(frame: PageFrame, { code }: AppError): string {
  const card =
    code === 'UPSTREAM_UNAVAILABLE'
      ? {
          title: '지금은 연결할 수 없습니다',
          text: '데이터베이스가 응답하지 않습니다. 잠시 후 새로 고쳐 주세요.',
        }
      : {
          title: '문제가 생겼습니다',
          text: '잠시 후 새로 고쳐 주세요. 계속되면 서버 기록을 확인해 주세요.',
        };
  return page(frame, { card });
}

interface Content {
  playground?: object;
  queues?: QueuesView;
  card?: object;
  newsroom?: string | null;
  account?: object;
  styles?: string[];
  scripts?: string[];
}

function page(
  { assets: { style, client }, heading, notice = '' }: PageFrame,
  { styles = [], scripts = [], ...content }: Content,
): string {
  return render('page', {
    ...content,
    heading,
    icon: ICON,
    notice: NOTICES.get(notice),
    styles: [...styles, style.url],
    scripts: [client.url, ...scripts],
  });
}

function accountOf({ heading, visitor, signInUrl: signIn }: PageFrame): object {
  if (!visitor) return { signIn };
  const { name, role } = visitor;
  const others = role === 'ADMIN' ? PAGES.filter((one) => one.heading !== heading) : [];
  return { visitor: { name, role: ROLES[role] }, others };
}
