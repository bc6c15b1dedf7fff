import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import {
  DeskDeleteTermDocument,
  DeskUpdateTermDocument,
  type DeskTermFragment,
} from '@/desk/generated/graphql';
import { ConfirmDialog } from '../parts/confirm-dialog';
import { Field } from '../parts/field';
import { useAction } from '../use-action';
import { namesIn } from './term-file';

interface Props {
  term: DeskTermFragment;
  onDone: (message: string) => void;
}

export function TermDialog({ term, onDone }: Props) {
  const [text, setText] = useState({
    term: term.term,
    description: term.description,
    example: term.example ?? '',
    aliases: term.aliases.join('\n'),
  });
  const action = useAction();
  const [update] = useMutation(DeskUpdateTermDocument);
  const set = (change: Partial<typeof text>) => setText({ ...text, ...change });

  async function save() {
    const input = { ...text, example: text.example.trim() || null, aliases: namesIn(text.aliases) };
    if (await action.run(() => update({ variables: { id: term.id, input } }))) onDone('저장했어요.');
  }
  return (
    <ConfirmDialog
      title={`${term.term} 고치기`}
      confirm="저장하기"
      action={action}
      onConfirm={() => void save()}
      onClose={() => onDone('')}
    >
      <Field label="용어" argument="input.term" fault={action.fault}>
        {(props) => (
          <input
            {...props}
            value={text.term}
            required
            maxLength={100}
            onChange={({ target }) => set({ term: target.value })}
          />
        )}
      </Field>
      <Field label="뜻" argument="input.description" fault={action.fault}>
        {(props) => (
          <textarea
            {...props}
            rows={5}
            value={text.description}
            required
            maxLength={2_000}
            onChange={({ target }) => set({ description: target.value })}
          />
        )}
      </Field>
      <Field label="보기" hint="비우면 없어져요." argument="input.example" fault={action.fault}>
        {(props) => (
          <textarea
            {...props}
            rows={2}
            value={text.example}
            maxLength={500}
            onChange={({ target }) => set({ example: target.value })}
          />
        )}
      </Field>
      <Field
        label="다른 이름"
        hint="한 줄에 하나씩, 10개까지예요."
        argument="input.aliases"
        fault={action.fault}
      >
        {(props) => (
          <textarea
            {...props}
            rows={3}
            value={text.aliases}
            onChange={({ target }) => set({ aliases: target.value })}
          />
        )}
      </Field>
    </ConfirmDialog>
  );
}

export function DeleteTermDialog({ term, onDone }: Props) {
  const action = useAction();
  const [remove] = useMutation(DeskDeleteTermDocument, {
    variables: { id: term.id },
    update: (cache, { data }) => void (data && cache.evict({ id: cache.identify(data.deleteEconomicTerm) })),
  });
  return (
    <ConfirmDialog
      title="용어를 지울까요?"
      confirm="지우기"
      action={action}
      onConfirm={() => void action.run(() => remove()).then((isGone) => isGone && onDone('지웠어요.'))}
      onClose={() => onDone('')}
    >
      <p>‘{term.term}’의 뜻이 기사와 검색에서 사라져요.</p>
    </ConfirmDialog>
  );
}
