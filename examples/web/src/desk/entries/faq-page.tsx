'use client';

import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { getFragmentData } from '@/desk/generated/fragment-masking';
import { DeskFaqFragmentDoc, DeskFaqsDocument, type DeskFaqFragment } from '@/desk/generated/graphql';
import { EntryButtons } from '../parts/entry-buttons';
import { DataTable, type Column } from '../parts/data-table';
import { ListState } from '../parts/list-state';
import { SearchForm } from '../parts/search-form';
import { DeleteFaqDialog, FaqDialog } from './faq-dialogs';

type Opened = { what: 'edit' | 'delete'; faq: DeskFaqFragment } | { what: 'new' } | null;

/** Questions that readers ask often, with the answers that they get. */
export function FaqPage({ search }: { search: string }) {
  const query = useQuery(DeskFaqsDocument, { fetchPolicy: 'cache-and-network' });
  const [opened, setOpened] = useState<Opened>(null);
  const [said, setSaid] = useState('');
  const open = (next: Opened) => {
    setSaid('');
    setOpened(next);
  };
  const done = (message: string) => {
    setOpened(null);
    setSaid(message);
  };
  const faqs = (query.data?.faqs ?? [])
    .map((each) => getFragmentData(DeskFaqFragmentDoc, each))
    .filter(({ question, answer }) => `${question} ${answer}`.toLowerCase().includes(search.toLowerCase()));
  const columns: Column<DeskFaqFragment>[] = [
    { name: '질문', render: ({ question }) => <strong>{question}</strong> },
    { name: '답', render: ({ answer }) => answer },
    {
      name: '바꾸기',
      render: (faq) => (
        <EntryButtons
          name={faq.question}
          onEdit={() => open({ what: 'edit', faq })}
          onDelete={() => open({ what: 'delete', faq })}
        />
      ),
    },
  ];
  return (
    <section className="stack">
      <h1>자주 묻는 질문</h1>
      <SearchForm path="/desk/faq" label="질문과 답에서 찾기" value={search} maxLength={200} />
      <div className="row">
        <button className="button primary" onClick={() => open({ what: 'new' })}>
          질문 추가하기
        </button>
      </div>
      <p role="status">{said}</p>
      <ListState
        query={query}
        isEmpty={faqs.length === 0}
        empty={search ? `‘${search}’에 맞는 질문이 없어요.` : '아직 질문이 없어요.'}
      >
        <DataTable caption="자주 묻는 질문" columns={columns} rows={faqs} keyOf={({ id }) => id} />
      </ListState>
      {opened?.what === 'new' && <FaqDialog faq={null} onDone={done} />}
      {opened?.what === 'edit' && <FaqDialog faq={opened.faq} onDone={done} />}
      {opened?.what === 'delete' && <DeleteFaqDialog faq={opened.faq} onDone={done} />}
    </section>
  );
}
