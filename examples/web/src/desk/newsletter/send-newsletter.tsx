import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { CATEGORIES, CATEGORY_NAMES } from '@/components/categories';
import { DeskSendNewsletterDocument } from '@/desk/generated/graphql';
import { ConfirmDialog } from '../parts/confirm-dialog';
import { Field } from '../parts/field';
import { Outcome } from '../parts/outcome';
import { useAction } from '../use-action';

/** Sends this week's letter of a category to whoever has not got it. */
export function SendNewsletter() {
  const [category, setCategory] = useState(CATEGORIES[0]!);
  const [asks, setAsks] = useState(false);
  const action = useAction();
  const [send] = useMutation(DeskSendNewsletterDocument, { variables: { category } });
  return (
    <>
      <form
        className="panel stack"
        onSubmit={(event) => {
          event.preventDefault();
          action.clear();
          setAsks(true);
        }}
      >
        <h2>지금 보내기</h2>
        <Field label="분야">
          {(props) => (
            <select
              {...props}
              value={category}
              onChange={({ target }) => setCategory(target.value as typeof category)}
            >
              {CATEGORIES.map((each) => (
                <option key={each} value={each}>
                  {CATEGORY_NAMES[each]}
                </option>
              ))}
            </select>
          )}
        </Field>
        <div>
          <button className="button primary">이번 주 뉴스레터 보내기</button>
        </div>
        {!asks && <Outcome action={action} />}
      </form>
      {asks && (
        <ConfirmDialog
          title="뉴스레터를 보낼까요?"
          confirm="보내기"
          action={action}
          onConfirm={() =>
            void action
              .run(() => send(), '보내기를 부탁했어요. 아래에서 지켜볼 수 있어요.')
              .then((isDone) => isDone && setAsks(false))
          }
          onClose={() => setAsks(false)}
        >
          <p>
            ‘{CATEGORY_NAMES[category]}’ 구독자 가운데 이번 주 것을 아직 받지 않은 사람에게 메일이 가요. 보낸
            메일은 되돌릴 수 없어요.
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}
