'use client';

import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { getFragmentData } from '@/desk/generated/fragment-masking';
import { DeskTermFragmentDoc, DeskTermsDocument, type DeskTermFragment } from '@/desk/generated/graphql';
import { DataTable, type Column } from '../parts/data-table';
import { EntryButtons } from '../parts/entry-buttons';
import { ListState } from '../parts/list-state';
import { LoadMore } from '../parts/load-more';
import { SearchForm } from '../parts/search-form';
import { TermImport } from './term-import';
import { DeleteTermDialog, TermDialog } from './term-dialogs';

const PAGE_SIZE = 30;

/** The glossary: search, edit, delete, and many at once. */
export function GlossaryPage({ search }: { search: string }) {
  const query = useQuery(DeskTermsDocument, {
    variables: { first: PAGE_SIZE, startsWith: search || null },
    fetchPolicy: 'cache-and-network',
  });
  const [opened, setOpened] = useState<{ what: 'edit' | 'delete'; term: DeskTermFragment } | null>(null);
  const [said, setSaid] = useState('');
  const open = (next: typeof opened) => {
    setSaid('');
    setOpened(next);
  };
  const done = (message: string) => {
    setOpened(null);
    setSaid(message);
  };
  const edges = query.data?.economicTerms.edges ?? [];
  const terms = edges.map(({ node }) => getFragmentData(DeskTermFragmentDoc, node));
  const columns: Column<DeskTermFragment>[] = [
    { name: '용어', render: ({ term }) => <strong>{term}</strong> },
    { name: '다른 이름', render: ({ aliases }) => aliases.join(', ') },
    { name: '뜻', render: ({ description }) => description },
    { name: '보기', render: ({ example }) => example },
    {
      name: '바꾸기',
      render: (term) => (
        <EntryButtons
          name={term.term}
          onEdit={() => open({ what: 'edit', term })}
          onDelete={() => open({ what: 'delete', term })}
        />
      ),
    },
  ];
  return (
    <section className="stack">
      <h1>용어</h1>
      <SearchForm path="/desk/glossary" label="이렇게 시작하는 용어 찾기" value={search} maxLength={100} />
      <TermImport />
      <p role="status">{said}</p>
      <ListState
        query={query}
        isEmpty={terms.length === 0}
        empty={search ? `‘${search}’로 시작하는 용어가 없어요.` : '아직 용어가 없어요.'}
      >
        <DataTable caption="용어" columns={columns} rows={terms} keyOf={({ id }) => id} />
        <LoadMore page={query.data?.economicTerms.pageInfo} fetchMore={query.fetchMore} />
      </ListState>
      {opened?.what === 'edit' && <TermDialog term={opened.term} onDone={done} />}
      {opened?.what === 'delete' && <DeleteTermDialog term={opened.term} onDone={done} />}
    </section>
  );
}
