/* global React, ReactDOM, GraphiQL, document, fetch, history, location */
// Runs in the browser without a bundler: a plain script, no modules.
(() => {
  const KEYS = { Tab: false, 'Shift-Tab': false, Esc: (editor) => editor.getInputField().blur() };
  const SIGN_IN = { USER: '로그인하세요.', ADMIN: '관리자로 로그인하세요.' };
  const REFUSALS = ['UNAUTHENTICATED', 'FORBIDDEN'];
  const AUDIENCES = { ANYONE: '누구나', USER: '로그인', ADMIN: '관리자' };

  for (const button of document.querySelectorAll('.sign-out')) {
    button.addEventListener('click', async () => {
      button.disabled = true;
      await fetch('/auth/logout', { method: 'POST', credentials: 'same-origin' });
      location.reload();
    });
  }
  // A notice is shown once, not again after a reload.
  if (location.search) history.replaceState(null, '', location.pathname);

  const root = document.querySelector('#graphiql');
  if (root) open(root).catch(() => (root.textContent = '화면을 열지 못했습니다. 새로 고쳐 주세요.'));

  async function open(root) {
    const examples = JSON.parse(root.dataset.examples);
    const answer = await fetch(root.dataset.schemaUrl, { credentials: 'same-origin' });
    if (!answer.ok) throw new Error(`schema: ${answer.status}`);
    const { role } = root.dataset;
    const panel = {
      title: '예시',
      icon: ExamplesIcon,
      content: () => React.createElement(ExamplesPanel, { examples, role }),
    };
    const page = React.createElement(
      GraphiQL,
      {
        fetcher: GraphiQL.createFetcher({ url: '/graphql', fetch: post, enableIncrementalDelivery: false }),
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

  /** The cookie session counts on posts of this page. */
  function post(url, options) {
    return fetch(url, { ...options, credentials: 'same-origin' });
  }

  /** Long lines wrap, and a keyboard gets out again: Tab goes on, Esc leaves. An open list of completions has both keys first. */
  function EditorHabits() {
    const { queryEditor, variableEditor, headerEditor, responseEditor } = GraphiQL.React.useEditorContext({
      nonNull: true,
    });
    const editors = [queryEditor, variableEditor, headerEditor, responseEditor];
    React.useEffect(() => {
      for (const editor of editors) {
        if (!editor) continue;
        editor.setOption('lineWrapping', true);
        editor.removeKeyMap(KEYS);
        editor.addKeyMap(KEYS);
      }
    }, editors);
    return 'Ctrl+Enter로 실행 · Esc로 나가기';
  }

  function ExamplesPanel({ examples, role }) {
    const editor = React.useRef(null);
    editor.current = GraphiQL.React.useEditorContext({ nonNull: true });
    const [hint, setHint] = React.useState('');
    const { tabs, activeTabIndex } = editor.current;
    React.useEffect(() => {
      const tab = document.querySelector('.graphiql-tab-active');
      if (tab) tab.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    }, [activeTabIndex, tabs[activeTabIndex].title]);

    async function show({ audience, query: template, variables, prepare }) {
      const needed = missing(audience, role);
      if (needed) return setHint(needed);
      const { data, refused } = prepare ? await answerTo(prepare) : {};
      if (refused) return setHint(SIGN_IN[audience] ?? SIGN_IN.USER);
      const values = filled(variables, data);
      if (values.id === null) return setHint('아직 해당하는 항목이 없습니다.');
      const query = withTexts(template, data);
      setHint('');
      const { tabs, addTab, changeTab, queryEditor, variableEditor } = editor.current;
      const name = / (\w+)[ (]/.exec(query.replace(/^#.*\n/gm, ''))[1];
      const index = tabs.findIndex((tab) => tab.title === name);
      // The tab must be there before its editors are written to.
      ReactDOM.flushSync(() => (index < 0 ? addTab() : changeTab(index)));
      queryEditor.setValue(query);
      variableEditor.setValue(textOf(values));
    }

    const items = examples.map((example) =>
      React.createElement(
        'li',
        { key: example.title },
        React.createElement(
          'button',
          { type: 'button', onClick: () => show(example) },
          React.createElement('span', null, example.title),
          React.createElement('small', { 'data-audience': example.audience }, AUDIENCES[example.audience]),
        ),
      ),
    );
    return React.createElement(
      'section',
      { className: 'examples' },
      React.createElement('h2', null, '예시'),
      React.createElement('p', null, '누르면 새 탭에 열립니다. 필요한 id는 가장 최근 것으로 채웁니다.'),
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
    const answer = await post('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    const { data, errors = [] } = await answer.json();
    return { data, refused: errors.some(({ extensions }) => REFUSALS.includes(extensions.code)) };
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
