'use client';

import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { getFragmentData } from '@/desk/generated/fragment-masking';
import {
  DeskPublisherFragmentDoc,
  DeskPublishersDocument,
  type DeskPublisherFragment,
} from '@/desk/generated/graphql';
import { Badge } from '../parts/badge';
import { DataTable, type Column } from '../parts/data-table';
import { ListState } from '../parts/list-state';
import { PublisherDialog } from './publisher-dialog';

/** Where articles come from, and whose feeds are followed. */
export function PublishersPage() {
  const query = useQuery(DeskPublishersDocument, { fetchPolicy: 'cache-and-network' });
  const [edited, setEdited] = useState<DeskPublisherFragment | 'new' | null>(null);
  const [said, setSaid] = useState('');
  const publishers = (query.data?.publishers ?? []).map((each) =>
    getFragmentData(DeskPublisherFragmentDoc, each),
  );
  const columns: Column<DeskPublisherFragment>[] = [
    { name: '이름', render: ({ name }) => name },
    { name: '피드', render: ({ feedUrl }) => feedUrl ?? <span className="muted">없음</span> },
    {
      name: '모으기',
      render: ({ enabled }) => (
        <Badge tone={enabled ? 'good' : 'plain'}>{enabled ? '따름' : '안 따름'}</Badge>
      ),
    },
    {
      name: '바꾸기',
      render: (publisher) => (
        <button
          className="button small"
          aria-label={`${publisher.name} 고치기`}
          onClick={() => {
            setSaid('');
            setEdited(publisher);
          }}
        >
          고치기
        </button>
      ),
    },
  ];
  return (
    <section className="stack">
      <h1>언론사</h1>
      <div className="row">
        <button
          className="button primary"
          onClick={() => {
            setSaid('');
            setEdited('new');
          }}
        >
          언론사 추가하기
        </button>
      </div>
      <p role="status">{said}</p>
      <ListState query={query} isEmpty={publishers.length === 0} empty="아직 언론사가 없어요.">
        <DataTable caption="언론사" columns={columns} rows={publishers} keyOf={({ id }) => id} />
      </ListState>
      {edited && (
        <PublisherDialog
          publisher={edited === 'new' ? null : edited}
          onDone={(message) => {
            setEdited(null);
            setSaid(message);
          }}
        />
      )}
    </section>
  );
}
