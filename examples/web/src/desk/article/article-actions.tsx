import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import {
  DeskHideArticleDocument,
  DeskPublishArticleDocument,
  DeskRegenerateArticleDocument,
  DeskTakeDownArticleDocument,
  type DeskArticleFragment,
} from '@/desk/generated/graphql';
import { ConfirmDialog } from '../parts/confirm-dialog';
import { Field } from '../parts/field';
import { Outcome } from '../parts/outcome';
import { useAction } from '../use-action';
import { findingsOf } from './findings';

type Asked = 'publish' | 'takeDown' | 'regenerate';

interface Props {
  article: DeskArticleFragment;
  onEdit: () => void;
}

/** What an editor can do with an article in its present state. */
export function ArticleActions({ article, onEdit }: Props) {
  const { id, status } = article;
  const [asked, setAsked] = useState<Asked | null>(null);
  const [reason, setReason] = useState('');
  const action = useAction();
  const options = { variables: { id }, refetchQueries: ['DeskAudit'] };
  const [publish] = useMutation(DeskPublishArticleDocument, options);
  const [hide] = useMutation(DeskHideArticleDocument, options);
  const [regenerate] = useMutation(DeskRegenerateArticleDocument, options);
  const [takeDown] = useMutation(DeskTakeDownArticleDocument, { refetchQueries: ['DeskAudit'] });
  if (status === 'TAKEN_DOWN') return <p>내려진 기사예요. 글과 원문이 지워졌고 더는 바꿀 수 없어요.</p>;

  const findings = findingsOf(article).length;
  const hasProposal = (article.revisions ?? []).some(({ proposed }) => proposed);
  const ask = (what: Asked) => {
    action.clear();
    setAsked(what);
  };
  const run = async (work: () => Promise<unknown>, done: string) => {
    if (await action.run(work, done)) setAsked(null);
  };
  const runPublish = () => run(() => publish(), '공개했어요. 독자 화면에 나와요.');
  const dialog = { action, onClose: () => setAsked(null) };
  return (
    <div>
      <div className="row">
        {(status !== 'PUBLISHED' || hasProposal) && (
          <button
            className="button primary"
            disabled={action.busy}
            onClick={() => (findings > 0 || hasProposal ? ask('publish') : void runPublish())}
          >
            {hasProposal ? '다시 쓴 글로 공개하기' : '공개하기'}
          </button>
        )}
        <button className="button" onClick={onEdit}>
          고치기
        </button>
        <button className="button" disabled={action.busy} onClick={() => ask('regenerate')}>
          다시 쓰기
        </button>
        {status !== 'HIDDEN' && (
          <button
            className="button"
            disabled={action.busy}
            onClick={() => void run(() => hide(), '숨겼어요. 독자에게 보이지 않아요.')}
          >
            숨기기
          </button>
        )}
        <button className="button" disabled={action.busy} onClick={() => ask('takeDown')}>
          내리기
        </button>
      </div>
      {asked === null && <Outcome action={action} />}
      {asked === 'publish' && (
        <ConfirmDialog title="공개할까요?" confirm="공개하기" onConfirm={() => void runPublish()} {...dialog}>
          {hasProposal && <p>지금 글 대신 다시 쓴 글이 공개돼요. 고친 이력에서 먼저 비교해 보세요.</p>}
          {!hasProposal && <p>원문에서 확인되지 않는 숫자나 이름이 {findings}가지 남아 있어요.</p>}
        </ConfirmDialog>
      )}
      {asked === 'regenerate' && (
        <ConfirmDialog
          title="다시 쓸까요?"
          confirm="다시 쓰기"
          onConfirm={() => void run(() => regenerate(), '다시 쓰기를 부탁했어요.')}
          {...dialog}
        >
          <p>
            {status === 'IN_REVIEW'
              ? '원문에서 새로 쓴 글이 지금 글을 대신해요. 지금 글은 고친 이력에 남아요.'
              : '새로 쓴 글은 제안으로 남고, 공개하기 전에는 독자에게 보이지 않아요.'}
          </p>
        </ConfirmDialog>
      )}
      {asked === 'takeDown' && (
        <ConfirmDialog
          title="기사를 내릴까요?"
          confirm="내리기"
          onConfirm={() => void run(() => takeDown({ variables: { id, reason } }), '기사를 내렸어요.')}
          {...dialog}
        >
          <p>글과 원문, 고친 이력이 지워지고 되돌릴 수 없어요. 언론사나 법원이 요청했을 때만 써 주세요.</p>
          <Field label="이유" hint="감사 기록에 남아요." argument="reason" fault={action.fault}>
            {(props) => (
              <textarea
                {...props}
                rows={3}
                required
                maxLength={500}
                autoFocus
                value={reason}
                onChange={({ target }) => setReason(target.value)}
              />
            )}
          </Field>
        </ConfirmDialog>
      )}
    </div>
  );
}
