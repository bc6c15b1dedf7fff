// `node scripts/deploy/slack-message.mjs`: tells Slack how far a workflow is. What it says comes from the environment, so that no
// text of a commit is ever part of a command; .github/actions/slack fills it in. Exits with 1 when Slack does not take it.
const STATES = {
  started: { emoji: ':rocket:', title: '배포를 시작했습니다' },
  success: { emoji: ':white_check_mark:', title: '배포에 성공했습니다' },
  failure: { emoji: ':x:', title: '배포에 실패했습니다' },
  cancelled: { emoji: ':black_square_for_stop:', title: '배포가 취소되었습니다' },
  skipped: { emoji: ':x:', title: '배포하지 않았습니다: 검사에 실패했습니다' },
};
const MAX_TEXT = 2_000;

/** Slack's three characters that mean something in its texts. */
const escaped = (text) =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').slice(0, MAX_TEXT);

/** The message as Slack's blocks, with what shows in a notification as `text`. */
function slackMessage({ state, what, environment, commit, subject, branch, actor, detail, runUrl }) {
  const known = STATES[state];
  if (!known) throw new Error(`a message is ${Object.keys(STATES).join(', ')}, not ${state}`);
  const title = `${what} (${environment}) ${known.title}`;
  const fields = { 환경: environment, 브랜치: branch, 커밋: commit.slice(0, 12), 실행: actor };
  return {
    text: `${known.emoji} ${escaped(title)}`,
    blocks: [
      {
        type: 'header',
        text: { type: 'plain_text', emoji: true, text: `${known.emoji} ${title}`.slice(0, 150) },
      },
      {
        type: 'section',
        fields: Object.entries(fields).map(([name, value]) => ({
          type: 'mrkdwn',
          text: `*${name}*\n${escaped(value || '-')}`,
        })),
      },
      ...[subject?.split('\n')[0], detail]
        .filter(Boolean)
        .map((text) => ({ type: 'section', text: { type: 'mrkdwn', text: escaped(text) } })),
      {
        type: 'actions',
        elements: [
          {
            type: 'button',
            text: { type: 'plain_text', text: '실행 보기' },
            url: runUrl,
            ...(state === 'failure' && { style: 'danger' }),
          },
        ],
      },
    ],
  };
}

const { env } = process;
try {
  if (env.SLACK_WEBHOOK_URL) await send(env.SLACK_WEBHOOK_URL);
  else console.log('::warning::SLACK_WEBHOOK_URL is not set: Slack is told nothing');
} catch (error) {
  console.error(`::error::${error.message}`);
  process.exitCode = 1;
}

async function send(webhook) {
  const message = slackMessage({
    state: env.STATE,
    what: env.WHAT,
    environment: env.ENVIRONMENT,
    commit: env.COMMIT,
    subject: env.SUBJECT,
    branch: env.BRANCH,
    actor: env.ACTOR,
    detail: env.DETAIL,
    runUrl: env.RUN_URL,
  });
  const response = await fetch(webhook, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(message),
    signal: AbortSignal.timeout(10_000),
  });
  // Slack says in a word what is wrong; the address is a secret, and said nowhere.
  if (!response.ok)
    throw new Error(`Slack answers ${response.status} ${(await response.text()).slice(0, 200)}`);
}
