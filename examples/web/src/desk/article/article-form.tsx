import { useMutation } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import { CATEGORIES, CATEGORY_NAMES } from '@/components/categories';
import { DeskUpdateArticleDocument, type DeskArticleFragment } from '@/desk/generated/graphql';
import { deskFault } from '../desk-fault';
import { Field } from '../parts/field';
import { Outcome } from '../parts/outcome';
import { useAction } from '../use-action';
import { changedFields, inputOf, rebased, textOf, type ArticleText } from './article-text';
import { EditConflict } from './edit-conflict';
import { PhraseFields } from './phrase-fields';
import styles from './article-form.module.css';

interface Props {
  article: DeskArticleFragment;
  /** Reads the article anew. */
  reread: () => Promise<DeskArticleFragment>;
  onSaved: () => void;
  onCancel: () => void;
}

/** Edits an article. What was typed outlives every fault, also when somebody else saved first. */
export function ArticleForm({ article, reread, onSaved, onCancel }: Props) {
  const [saved, setSaved] = useState({ text: textOf(article), updatedAt: article.updatedAt });
  const [text, setText] = useState(saved.text);
  const [isConflict, setIsConflict] = useState(false);
  const action = useAction();
  const [update] = useMutation(DeskUpdateArticleDocument);
  const isDirty = changedFields(text, saved.text).length > 0;
  useEffect(() => {
    if (!isDirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isDirty]);
  const set = (change: Partial<ArticleText>) => setText((typed) => ({ ...typed, ...change }));

  function adopt(latest: DeskArticleFragment, typed: ArticleText) {
    setText(typed);
    setSaved({ text: textOf(latest), updatedAt: latest.updatedAt });
  }

  async function save() {
    if (!isDirty) return onCancel();
    const variables = {
      id: article.id,
      input: inputOf(text, saved.text),
      expectedUpdatedAt: saved.updatedAt,
    };
    await action.run(async () => {
      try {
        await update({ variables });
      } catch (error) {
        if (deskFault(error).argument !== 'expectedUpdatedAt') throw error;
        const latest = await reread();
        adopt(latest, rebased(text, saved.text, textOf(latest)));
        setIsConflict(true);
        return;
      }
      onSaved();
    });
  }
  const { fault } = action;
  return (
    <form
      className="stack"
      aria-label="기사 고치기"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {isConflict && (
        <EditConflict
          saved={saved.text}
          typed={text}
          onDiscard={() => {
            setText(saved.text);
            setIsConflict(false);
          }}
        />
      )}
      <div className={styles.pair}>
        <section aria-labelledby="original-while-editing">
          <h2 id="original-while-editing">원문</h2>
          {article.original ? (
            <div className={styles.original} tabIndex={0} role="group" aria-label="원문 내용">
              <p>
                <strong>{article.original.title}</strong>
              </p>
              {article.original.content}
            </div>
          ) : (
            <p>원문이 남아 있지 않아요.</p>
          )}
        </section>
        <section className={styles.fields} aria-labelledby="editing">
          <h2 id="editing">쉬운 글 고치기</h2>
          <Field label="제목" argument="input.title" fault={fault}>
            {(props) => (
              <input
                {...props}
                value={text.title}
                maxLength={200}
                required
                onChange={({ target }) => set({ title: target.value })}
              />
            )}
          </Field>
          <Field label="내용" hint="빈 줄로 문단을 나눠요." argument="input.content" fault={fault}>
            {(props) => (
              <textarea
                {...props}
                rows={16}
                value={text.content}
                maxLength={20_000}
                required
                onChange={({ target }) => set({ content: target.value })}
              />
            )}
          </Field>
          <Field label="한 줄 평" hint="비우면 없어져요." argument="input.comment" fault={fault}>
            {(props) => (
              <textarea
                {...props}
                rows={2}
                value={text.comment}
                maxLength={500}
                onChange={({ target }) => set({ comment: target.value })}
              />
            )}
          </Field>
          <Field label="분야" argument="input.category" fault={fault}>
            {(props) => (
              <select
                {...props}
                value={text.category}
                onChange={({ target }) => set({ category: target.value as ArticleText['category'] })}
              >
                {CATEGORIES.map((category) => (
                  <option key={category} value={category}>
                    {CATEGORY_NAMES[category]}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <PhraseFields phrases={text.phrases} fault={fault} onChange={(phrases) => set({ phrases })} />
          <Outcome action={action} />
          <div className="row">
            <button className="button primary" disabled={action.busy}>
              {isConflict ? '내가 쓴 글로 저장하기' : '저장하기'}
            </button>
            <button
              type="button"
              className="button"
              onClick={() => {
                if (!isDirty || window.confirm('고친 것을 버릴까요?')) onCancel();
              }}
            >
              그만두기
            </button>
          </div>
        </section>
      </div>
    </form>
  );
}
