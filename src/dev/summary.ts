import type { Config } from '../config/config';
import type { ExternalServices } from './external-services';

export interface Summary {
  config: Config;
  external: ExternalServices;
  webPort: string;
  /** Sample articles written by this start. */
  seeded: number;
  /** Since this process began, the build included. */
  milliseconds: number;
}

/** Says, in a terminal, where everything is and what to try first. */
export function printSummary({ config, external, webPort, seeded, milliseconds }: Summary): void {
  const { publicUrl, dataDir, model, search } = config;
  const searches = [search.google && 'Google', search.naver && 'Naver'].filter(Boolean).join(', ');
  const { inboxUrl, kakaoStandin, newsroom, publicDataStandin } = external;
  const signIn = kakaoStandin
    ? 'click "카카오로 로그인" and choose admin (staff) or reader-1 … reader-5'
    : 'click "카카오로 로그인" (your Kakao app)';
  const webCommand = [
    ...(publicUrl === 'http://localhost:4000' ? [] : [`GATEWAY_URL=${publicUrl}`]),
    ...(webPort === '3000' ? [] : [`WEB_PORT=${webPort}`]),
    'npm run web',
  ].join(' ');
  const lines = [
    '',
    `  경단 is ready (${(milliseconds / 1000).toFixed(1)} s)${seeded > 0 ? `, with ${seeded} sample articles` : ''}`,
    '',
    `  Playground   ${publicUrl}/graphql`,
    `  Web client   ${webCommand}  in another terminal, then http://localhost:${webPort}`,
    `  Sign in      ${signIn}`,
    ...(kakaoStandin ? [`  Kakao        ${config.kakao.authBaseUrl}/_users  (stand-in)`] : []),
    `  Newsroom     ${newsroom.url}  (articles to rewrite)`,
    `  Mail         ${inboxUrl ? `${inboxUrl}  (inbox: no mail leaves this machine)` : 'your server (SMTP_URL)'}`,
    `  Rewriter     ${model ? model.name : 'built in ("extractive"); set OPENAI_API_KEY for a language model'}`,
    `  Search       ${searches || 'our own articles; set NAVER_CLIENT_ID or GOOGLE_SEARCH_API_KEY for related documents of others'}`,
    `  Data sets    ${publicDataStandin ? 'made up; set PUBLIC_DATA_SERVICE_KEY for those of data.go.kr' : 'data.go.kr, and made-up samples'}`,
    `  Data         ${dataDir}`,
    '',
    '  Try this: sign in as admin and run',
    `    mutation { requestArticle(url: "${newsroom.articleUrls[0]}") { id status } }`,
    '  then look at generationJob(id: …), and publishArticle(id: …) what it wrote.',
    '',
    '  Ctrl-C stops everything.',
    '',
  ];
  console.log(lines.join('\n'));
}
