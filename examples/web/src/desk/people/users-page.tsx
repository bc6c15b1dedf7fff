'use client';

import { useMutation, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { SeoulTime } from '@/components/seoul-time';
import { DeskSetUserRoleDocument, DeskUsersDocument, type DeskUsersQuery } from '@/desk/generated/graphql';
import { ConfirmDialog } from '../parts/confirm-dialog';
import { DataTable, type Column } from '../parts/data-table';
import { ListState } from '../parts/list-state';
import { LoadMore } from '../parts/load-more';
import { SearchForm } from '../parts/search-form';
import { useAction } from '../use-action';
import { ROLE_NAMES } from '../words';

type User = DeskUsersQuery['users']['edges'][number]['node'];

const PAGE_SIZE = 30;

/** Accounts, and what they may do. */
export function UsersPage({ search }: { search: string }) {
  const query = useQuery(DeskUsersDocument, {
    variables: { first: PAGE_SIZE, search: search || null },
    fetchPolicy: 'cache-and-network',
  });
  const [changed, setChanged] = useState<User | null>(null);
  const [said, setSaid] = useState('');
  const users = (query.data?.users.edges ?? []).map(({ node }) => node);
  const columns: Column<User>[] = [
    { name: '이름', render: ({ name }) => name },
    { name: '이메일', render: ({ email }) => email ?? <span className="muted">나누지 않음</span> },
    { name: '가입', render: ({ createdAt }) => <SeoulTime at={createdAt} /> },
    { name: '권한', render: ({ role }) => role && ROLE_NAMES[role] },
    {
      name: '바꾸기',
      render: (user) => (
        <button
          className="button small"
          aria-label={`${user.name} 권한 바꾸기`}
          onClick={() => {
            setSaid('');
            setChanged(user);
          }}
        >
          권한 바꾸기
        </button>
      ),
    },
  ];
  return (
    <section className="stack">
      <h1>회원</h1>
      <SearchForm path="/desk/users" label="이름이나 이메일에서 찾기" value={search} maxLength={100} />
      <p role="status">{said}</p>
      <ListState query={query} isEmpty={users.length === 0} empty={`‘${search}’에 맞는 회원이 없어요.`}>
        <DataTable caption="회원" columns={columns} rows={users} keyOf={({ id }) => id} />
        <LoadMore page={query.data?.users.pageInfo} fetchMore={query.fetchMore} />
      </ListState>
      {changed && (
        <RoleDialog
          user={changed}
          onDone={(message) => {
            setChanged(null);
            setSaid(message);
          }}
        />
      )}
    </section>
  );
}

function RoleDialog({ user, onDone }: { user: User; onDone: (message: string) => void }) {
  const role = user.role === 'ADMIN' ? 'USER' : 'ADMIN';
  const action = useAction();
  const [setRole] = useMutation(DeskSetUserRoleDocument, { variables: { id: user.id, role } });
  const done = `${user.name} 님은 이제 ${ROLE_NAMES[role]}예요.`;
  return (
    <ConfirmDialog
      title={role === 'ADMIN' ? '관리자로 바꿀까요?' : '독자로 바꿀까요?'}
      confirm={`${ROLE_NAMES[role]}로 바꾸기`}
      action={action}
      onConfirm={() => void action.run(() => setRole()).then((isDone) => isDone && onDone(done))}
      onClose={() => onDone('')}
    >
      <p>
        {role === 'ADMIN'
          ? `${user.name} 님이 데스크의 모든 것을 보고 바꿀 수 있게 돼요.`
          : `${user.name} 님은 더는 데스크를 쓸 수 없어요.`}
      </p>
    </ConfirmDialog>
  );
}
