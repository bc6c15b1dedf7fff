/* global React, ReactDOM, GraphiQL, document, DOMParser, fetch, history, location, matchMedia, setTimeout, watchLive */
// Runs in the browser without a bundler: a plain script, no modules. Before the large scripts of the page.
(() => {
  const KEYS = { Tab: false, 'Shift-Tab': false, Esc: (editor) => editor.getInputField().blur() };
  const SIGN_IN = { USER: '로그인하세요.', ADMIN: '관리자로 로그인하세요.' };
  const REFUSALS = ['UNAUTHENTICATED', 'FORBIDDEN'];
  const UNREACHABLE = '서버에 연결할 수 없습니다. 인터넷 연결을 확인하고 다시 시도해 주세요.';
  const LOST = '실시간 연결이 끊겼습니다. 다시 연결하고 있습니다.';
  const AUDIENCES = { ANYONE: '누구나', USER: '로그인', ADMIN: '관리자' };

  /** GraphiQL's contexts as of its last commit, and who waits for the next one. */
  const shown = { editor: null, execution: null, waiting: [] };
  /** When the examples that were chosen so far are open. */
  let opened = Promise.resolve();

  document.addEventListener('click', async ({ target }) => {
    const button = target.closest('.sign-out');
    if (!button) return;
    button.disabled = true;
    const answer = await fetch('/auth/logout', { method: 'POST', credentials: 'same-origin' }).catch(
      () => null,
    );
    if (answer) return location.reload();
    button.disabled = false;
    notify(UNREACHABLE);
  });
  // Another tab may have signed in or out meanwhile.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void showWhoIsSignedIn();
  });
  // A notice is shown once, not again after a reload.
  if (location.search) history.replaceState(null, '', location.pathname);

  const root = document.querySelector('#graphiql');
  if (root)
    document.addEventListener('DOMContentLoaded', () =>
      open(root).catch(() => (root.textContent = '화면을 열지 못했습니다. 새로 고쳐 주세요.')),
    );

  async function open(root) {
    const examples = JSON.parse(root.dataset.examples);
    const answer = await fetch(root.dataset.schemaUrl, { credentials: 'same-origin' });
    if (!answer.ok) throw new Error(`schema: ${answer.status}`);
    const panel = {
      title: '예시',
      icon: ExamplesIcon,
      content: () => React.createElement(ExamplesPanel, { examples }),
    };
    const page = React.createElement(
      GraphiQL,
      {
        fetcher: fetcherFor(examples),
        schema: await answer.json(),
        plugins: [panel],
        visiblePlugin: panel,
        // GraphiQL shows no variables of the first tab until it is left, so that one must need none.
        defaultTabs: examples
          .filter(({ prepare }) => !prepare)
          .slice(0, 3)
          .map(({ query, variables }) => ({ query, variables: textOf(variables) })),
        defaultQuery: '',
        defaultEditorToolsVisibility: 'variables',
        showPersistHeadersSettings: false,
      },
      React.createElement(GraphiQL.Logo, null, React.createElement(EditorHabits)),
    );
    ReactDOM.createRoot(root).render(page);
  }

  /** What GraphiQL runs operations with: a subscription, and what an example goes on with, arrives event by event. */
  function fetcherFor(examples) {
    return async ({ query, variables, operationName }, { headers } = {}) => {
      const { operation, name } = operationIn(query, operationName);
      const request = { query, variables, operationName: name?.value };
      if (operation === 'subscription') return eventsOf(request, headers);
      const answer = await post(request, headers);
      const { follow } = examples.find((one) => one.follow && nameOf(one.query) === name?.value) ?? {};
      if (!follow || answer.errors) return answer;
      const named = operationIn(follow).variableDefinitions.map(({ variable }) => [
        variable.name.value,
        null,
      ]);
      const next = { query: follow, variables: filled(Object.fromEntries(named), answer.data) };
      return eventsOf(next, headers, answer);
    };
  }

  /** GraphiQL reads its editor with a delay: what it takes for the operation's name may be the last one's. */
  function operationIn(query, operationName) {
    try {
      const { definitions } = GraphiQL.GraphQL.parse(query);
      const operations = definitions.filter(({ kind }) => kind === 'OperationDefinition');
      if (operations.length === 1) return operations[0];
      return operations.find(({ name }) => name?.value === operationName) ?? {};
    } catch {
      // The gateway says what is wrong.
      return {};
    }
  }

  /** An observable, after the `first` result if there is one. */
  function eventsOf(request, headers, first) {
    const subscribe = (observer) => {
      if (first) observer.next(first);
      const found = () => {
        const notice = document.querySelector('.notice');
        if (notice?.textContent === LOST) notice.remove();
      };
      const stop = watchLive(
        request,
        {
          next: (result) => {
            observer.next(result);
            void noteSignOut(result);
          },
          complete: () => {
            found();
            observer.complete();
          },
          connected: found,
          lost: ({ code }) => {
            notify(LOST);
            if (code === 4403) void showWhoIsSignedIn();
          },
        },
        headers,
      );
      const unsubscribe = () => {
        found();
        stop();
      };
      return { unsubscribe };
    };
    return { subscribe };
  }

  /** The cookie session counts on posts of this page. What is no answer of the gateway becomes one that says so. */
  async function post(request, headers) {
    const answer = await fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(request),
      credentials: 'same-origin',
    })
      .then((response) => response.json())
      .catch(() => ({ errors: [{ message: UNREACHABLE, extensions: {} }] }));
    await noteSignOut(answer);
    return answer;
  }

  async function noteSignOut({ errors }) {
    const isSignedOut = errors?.some(({ extensions }) => extensions.code === 'UNAUTHENTICATED');
    if (isSignedOut && document.querySelector('.sign-out')) await showWhoIsSignedIn();
  }

  /** Takes over what the page would show now; a page that would be another one is loaded. */
  async function showWhoIsSignedIn() {
    const page = { headers: { accept: 'text/html' }, credentials: 'same-origin' };
    const answer = await fetch(location.pathname, page).catch(() => null);
    if (!answer || answer.status >= 500) return;
    const now = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const main = now.querySelector('#graphiql');
    if (!main !== !root) return location.reload();
    const nav = document.querySelector('header nav');
    const wasSignedIn = nav.querySelector('.sign-out');
    if (root) root.dataset.role = main.dataset.role;
    nav.replaceChildren(...now.querySelector('header nav').childNodes);
    if (wasSignedIn && !nav.querySelector('.sign-out'))
      notify('로그아웃되었습니다. 계속하려면 다시 로그인하세요.');
  }

  function notify(text) {
    const notice = document.querySelector('.notice') ?? document.createElement('p');
    notice.className = 'notice';
    notice.setAttribute('role', 'alert');
    notice.textContent = text;
    document.querySelector('body > header').after(notice);
  }

  async function until(holds) {
    while (!holds()) await new Promise((resolve) => shown.waiting.push(resolve));
  }

  /** Into a tab of its own, after the examples that were chosen before. GraphiQL makes its editors later than the list. */
  function openInTab(query, variables, atOnce) {
    opened = opened
      .catch(() => null)
      .then(async () => {
        await until(
          () => shown.editor?.queryEditor && shown.editor.variableEditor && shown.editor.responseEditor,
        );
        // React does an event's update before older ones that wait, and again after them: that would empty the new tab.
        await new Promise((resolve) => setTimeout(resolve));
        const { tabs, activeTabIndex, addTab, changeTab, ...editors } = shown.editor;
        const name = nameOf(query);
        const found = tabs.findIndex(({ title }) => title === name);
        const index = found < 0 ? tabs.length : found;
        // What the last one watches must have ended.
        shown.execution.stop();
        if (found < 0) addTab();
        else if (index !== activeTabIndex) changeTab(index);
        await until(
          () =>
            shown.editor.activeTabIndex === index &&
            !shown.execution.isFetching &&
            !shown.execution.isSubscribed,
        );
        const { queryEditor, variableEditor } = editors;
        queryEditor.setValue(query);
        variableEditor.setValue(variables);
        // By itself GraphiQL gives the tab its name later: the same example would get another one until then.
        editors.updateActiveTabValues({ query, variables, operationName: name });
        queryEditor.getWrapperElement().scrollIntoView({ block: 'nearest' });
        // On a phone that would bring up its keyboard.
        if (!matchMedia('(pointer: coarse)').matches) queryEditor.focus();
        if (atOnce) shown.execution.run();
      });
  }

  /** Long lines wrap, a keyboard gets out again (Tab, Esc; an open list of completions has both keys first), results are seen. */
  function EditorHabits() {
    const editor = GraphiQL.React.useEditorContext({ nonNull: true });
    const execution = GraphiQL.React.useExecutionContext({ nonNull: true });
    React.useEffect(() => {
      Object.assign(shown, { editor, execution });
      for (const resolve of shown.waiting.splice(0)) resolve();
    });
    const { queryEditor, variableEditor, headerEditor, responseEditor } = editor;
    const editors = [queryEditor, variableEditor, headerEditor, responseEditor];
    React.useEffect(() => {
      for (const editor of editors) {
        if (!editor) continue;
        editor.setOption('lineWrapping', true);
        editor.removeKeyMap(KEYS);
        editor.addKeyMap(KEYS);
      }
    }, editors);
    const { isFetching, isSubscribed } = execution;
    const hasRun = React.useRef(false);
    React.useEffect(() => {
      // On a phone the result stands below what is seen.
      if (hasRun.current && !isFetching)
        document.querySelector('.graphiql-response').scrollIntoView({ block: 'nearest' });
      hasRun.current ||= isFetching;
    }, [isFetching]);
    return isSubscribed ? '실시간으로 받는 중 · Ctrl+Enter로 멈춤' : 'Ctrl+Enter로 실행 · Esc로 나가기';
  }

  function ExamplesPanel({ examples }) {
    const [hint, setHint] = React.useState('');
    const { tabs, activeTabIndex } = GraphiQL.React.useEditorContext({ nonNull: true });
    React.useEffect(() => {
      const tab = document.querySelector('.graphiql-tab-active');
      if (tab) tab.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    }, [activeTabIndex, tabs[activeTabIndex].title]);

    async function show({ audience, query: template, variables, prepare, atOnce }) {
      const needed = missing(audience, root.dataset.role);
      if (needed) return setHint(needed);
      const { data, refused, fault } = prepare ? await answerTo(prepare) : {};
      if (refused) return setHint(SIGN_IN[audience] ?? SIGN_IN.USER);
      if (fault) return setHint(fault);
      const values = filled(variables, data);
      if (values.id === null) return setHint('아직 해당하는 항목이 없습니다.');
      const query = withTexts(template, data);
      setHint('');
      openInTab(query, textOf(values), atOnce);
    }

    const items = examples.map((example) =>
      React.createElement(
        'li',
        { key: example.title },
        React.createElement(
          'button',
          { type: 'button', onClick: () => show(example) },
          React.createElement('span', null, example.atOnce ? `${example.title} ▶` : example.title),
          React.createElement('small', { 'data-audience': example.audience }, AUDIENCES[example.audience]),
        ),
      ),
    );
    return React.createElement(
      'section',
      { className: 'examples' },
      React.createElement('h2', null, '예시'),
      React.createElement(
        'p',
        null,
        '누르면 새 탭에 열립니다. 필요한 id는 가장 최근 것으로 채웁니다. ▶ 표시가 있으면 바로 실행합니다.',
      ),
      React.createElement('p', { role: 'status' }, hint),
      React.createElement('ol', null, items),
    );
  }

  function ExamplesIcon() {
    return React.createElement(
      'svg',
      {
        viewBox: '0 0 24 24',
        fill: 'none',
        stroke: 'currentColor',
        strokeWidth: 1.5,
        strokeLinecap: 'round',
      },
      React.createElement('path', { d: 'M8 6h13M8 12h13M8 18h13M3 6h.01M3 12h.01M3 18h.01' }),
    );
  }

  /** Of the operation of an example. */
  function nameOf(query) {
    return operationIn(query).name.value;
  }

  function textOf(variables) {
    return Object.keys(variables).length > 0 ? JSON.stringify(variables, null, 2) : '';
  }

  /** What somebody of this role is told instead of an example; undefined when it is theirs to run. */
  function missing(audience, role) {
    const allowed = audience === 'ANYONE' || role === 'ADMIN' || role === audience;
    return allowed ? undefined : SIGN_IN[audience];
  }

  /** `refused`: the session is over, or has another role by now. */
  async function answerTo(query) {
    const { data, errors = [] } = await post({ query });
    const refused = errors.some(({ extensions }) => REFUSALS.includes(extensions.code));
    return { data, refused, fault: errors[0]?.message };
  }

  /** A line `<name>` inside a block string becomes the value of that name, line by line: long texts are read and edited there. */
  function withTexts(query, data) {
    return query.replace(/^( *)<(\w+)>$/gm, (_line, indent, name) =>
      (firstNamed(name, data) ?? '').replaceAll('"""', '\\"""').replace(/^(?=.)/gm, indent),
    );
  }

  /** Every null of `variables` becomes the first value of that name in `data`; null where there is none. */
  function filled(variables, data) {
    const entries = Object.entries(variables).map(([name, value]) => {
      if (value === null) return [name, firstNamed(name, data)];
      return [name, typeof value === 'object' ? filled(value, data) : value];
    });
    return Object.fromEntries(entries);
  }

  function firstNamed(name, data) {
    if (typeof data !== 'object' || data === null) return null;
    if (name in data) return data[name];
    for (const child of Object.values(data)) {
      const found = firstNamed(name, child);
      if (found !== null) return found;
    }
    return null;
  }
})();
