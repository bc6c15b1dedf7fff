import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import {
  DeskCreatePublisherDocument,
  DeskUpdatePublisherDocument,
  type DeskPublisherFragment,
} from '@/desk/generated/graphql';
import { ConfirmDialog } from '../parts/confirm-dialog';
import { Field } from '../parts/field';
import { useAction } from '../use-action';

interface Props {
  /** Null for a new one. */
  publisher: DeskPublisherFragment | null;
  onDone: (message: string) => void;
}

export function PublisherDialog({ publisher, onDone }: Props) {
  const [name, setName] = useState(publisher?.name ?? '');
  const [feedUrl, setFeedUrl] = useState(publisher?.feedUrl ?? '');
  const [enabled, setEnabled] = useState(publisher?.enabled ?? true);
  const action = useAction();
  const [create] = useMutation(DeskCreatePublisherDocument, { refetchQueries: ['DeskPublishers'] });
  const [update] = useMutation(DeskUpdatePublisherDocument);

  async function save() {
    const input = { name: name.trim(), feedUrl: feedUrl.trim() || null, enabled };
    const isSaved = await action.run(() =>
      publisher ? update({ variables: { id: publisher.id, input } }) : create({ variables: { input } }),
    );
    if (isSaved) onDone(publisher ? '저장했어요.' : '추가했어요.');
  }
  return (
    <ConfirmDialog
      title={publisher ? `${publisher.name} 고치기` : '언론사 추가하기'}
      confirm="저장하기"
      action={action}
      onConfirm={() => void save()}
      onClose={() => onDone('')}
    >
      <Field label="이름" argument="input.name" fault={action.fault}>
        {(props) => (
          <input
            {...props}
            value={name}
            required
            maxLength={100}
            onChange={({ target }) => setName(target.value)}
          />
        )}
      </Field>
      <Field
        label="피드 주소"
        hint="비우면 기사를 모으지 않아요."
        argument="input.feedUrl"
        fault={action.fault}
      >
        {(props) => (
          <input {...props} type="url" value={feedUrl} onChange={({ target }) => setFeedUrl(target.value)} />
        )}
      </Field>
      <label className="row">
        <input type="checkbox" checked={enabled} onChange={({ target }) => setEnabled(target.checked)} />이
        언론사의 새 기사를 모아요
      </label>
    </ConfirmDialog>
  );
}
