import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import {
  DeskCreateFaqDocument,
  DeskDeleteFaqDocument,
  DeskUpdateFaqDocument,
  type DeskFaqFragment,
} from '@/desk/generated/graphql';
import { ConfirmDialog } from '../parts/confirm-dialog';
import { Field } from '../parts/field';
import { useAction } from '../use-action';

interface Props<Faq> {
  faq: Faq;
  onDone: (message: string) => void;
}

/** A question with its answer; a new one for null. */
export function FaqDialog({ faq, onDone }: Props<DeskFaqFragment | null>) {
  const [question, setQuestion] = useState(faq?.question ?? '');
  const [answer, setAnswer] = useState(faq?.answer ?? '');
  const action = useAction();
  const [create] = useMutation(DeskCreateFaqDocument, { refetchQueries: ['DeskFaqs'] });
  const [update] = useMutation(DeskUpdateFaqDocument);

  async function save() {
    const input = { question, answer };
    const isSaved = await action.run(() =>
      faq ? update({ variables: { id: faq.id, input } }) : create({ variables: { input } }),
    );
    if (isSaved) onDone(faq ? '저장했어요.' : '추가했어요.');
  }
  return (
    <ConfirmDialog
      title={faq ? '질문 고치기' : '질문 추가하기'}
      confirm="저장하기"
      action={action}
      onConfirm={() => void save()}
      onClose={() => onDone('')}
    >
      <Field label="질문" argument="input.question" fault={action.fault}>
        {(props) => (
          <input
            {...props}
            value={question}
            required
            maxLength={300}
            onChange={({ target }) => setQuestion(target.value)}
          />
        )}
      </Field>
      <Field label="답" argument="input.answer" fault={action.fault}>
        {(props) => (
          <textarea
            {...props}
            rows={8}
            value={answer}
            required
            maxLength={5_000}
            onChange={({ target }) => setAnswer(target.value)}
          />
        )}
      </Field>
    </ConfirmDialog>
  );
}

export function DeleteFaqDialog({ faq, onDone }: Props<DeskFaqFragment>) {
  const action = useAction();
  const [remove] = useMutation(DeskDeleteFaqDocument, {
    variables: { id: faq.id },
    update: (cache, { data }) => void (data && cache.evict({ id: cache.identify(data.deleteFaq) })),
  });
  return (
    <ConfirmDialog
      title="질문을 지울까요?"
      confirm="지우기"
      action={action}
      onConfirm={() => void action.run(() => remove()).then((isGone) => isGone && onDone('지웠어요.'))}
      onClose={() => onDone('')}
    >
      <p>‘{faq.question}’와 그 답이 사라져요.</p>
    </ConfirmDialog>
  );
}
