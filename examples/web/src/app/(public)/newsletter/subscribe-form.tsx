'use client';

import { useState, type FormEvent } from 'react';
import { CATEGORIES, CATEGORY_NAMES } from '@/components/categories';
import { Fault } from '@/graphql/fault';
import { SubscribeNewsletterDocument, type ArticleCategory } from '@/graphql/generated/graphql';
import { sendDocument } from '@/graphql/send-document';
import { Outcome } from './outcome';
import styles from './newsletter.module.css';

type Field = 'name' | 'email' | 'categories' | 'consent';
type Faults = Partial<Record<Field | 'form', string>>;

/** Where a fault of the gateway belongs; what of it is not listed is told below the form. */
const FIELDS: Record<string, Field | undefined> = {
  'input.name': 'name',
  'input.email': 'email',
  'input.categories': 'categories',
};

export function SubscribeForm() {
  const [faults, setFaults] = useState<Faults>({});
  const [isSending, setSending] = useState(false);
  const [sentTo, setSentTo] = useState<string>();

  async function subscribe(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    if (isSending) return;
    const entered = new FormData(form);
    const input = {
      name: String(entered.get('name')).trim(),
      email: String(entered.get('email')).trim(),
      categories: entered.getAll('categories') as ArticleCategory[],
    };
    const missing = missingOf(input, entered.has('consent'));
    setFaults(missing);
    if (Object.keys(missing).length > 0) return focusFirst(form, missing);
    setSending(true);
    try {
      await sendDocument(SubscribeNewsletterDocument, { input });
      setSentTo(input.email);
    } catch (error) {
      const found = faultsOf(error);
      setFaults(found);
      focusFirst(form, found);
    } finally {
      setSending(false);
    }
  }

  if (sentTo !== undefined)
    return (
      <Outcome title="메일함을 확인해 주세요">
        <p>
          {sentTo} 주소로 확인 메일을 보내 드려요. 메일에 있는 버튼을 눌러야 구독이 시작되고, 48시간 안에 눌러
          주세요.
        </p>
        <p className={styles.note}>
          몇 분이 지나도 오지 않으면 스팸함을 확인하고, 10분 뒤에 다시 신청해 주세요.
        </p>
        <button className="button" onClick={() => setSentTo(undefined)}>
          다른 주소로 신청하기
        </button>
      </Outcome>
    );
  return (
    <form className={styles.form} noValidate onSubmit={(event) => void subscribe(event)}>
      <div>
        <label htmlFor="name">이름</label>
        <input
          id="name"
          name="name"
          autoComplete="nickname"
          maxLength={50}
          {...marked(faults.name, 'name')}
        />
        <FieldFault field="name" fault={faults.name} />
        <p className={styles.note}>메일에서 부를 이름이에요. 별명도 괜찮아요.</p>
      </div>
      <div>
        <label htmlFor="email">메일 주소</label>
        <input
          id="email"
          name="email"
          type="email"
          autoComplete="email"
          inputMode="email"
          maxLength={254}
          {...marked(faults.email, 'email')}
        />
        <FieldFault field="email" fault={faults.email} />
      </div>
      <fieldset aria-describedby={faults.categories ? 'categories-fault' : undefined}>
        <legend>받고 싶은 분야</legend>
        <div className={styles.choices}>
          {CATEGORIES.map((category) => (
            <label key={category}>
              <input type="checkbox" name="categories" value={category} /> {CATEGORY_NAMES[category]}
            </label>
          ))}
        </div>
        <FieldFault field="categories" fault={faults.categories} />
      </fieldset>
      <div>
        <label className={styles.consent}>
          <input type="checkbox" name="consent" {...marked(faults.consent, 'consent')} />
          <span>
            (필수) 이름과 메일 주소를 뉴스레터를 보내는 데 쓰고, 제목이 ‘(광고)’로 시작하는 뉴스레터를 메일로
            받는 데 동의해요.
          </span>
        </label>
        <FieldFault field="consent" fault={faults.consent} />
        <p className={styles.note}>
          동의하지 않아도 경단의 모든 기사를 읽을 수 있어요. 해지하면 이름과 주소를 바로 지우고, 동의는
          2년마다 다시 여쭤봐요.
        </p>
      </div>
      {faults.form && (
        <p className="alert" role="alert">
          {faults.form}
        </p>
      )}
      <button className="button primary" disabled={isSending}>
        {isSending ? '보내는 중…' : '구독 신청하기'}
      </button>
    </form>
  );
}

function missingOf(
  { name, email, categories }: { name: string; email: string; categories: unknown[] },
  consents: boolean,
): Faults {
  return {
    ...(!name && { name: '이름을 적어 주세요.' }),
    ...(!/^\S+@\S+$/.test(email) && { email: '메일을 받을 주소를 적어 주세요. 예: name@example.com' }),
    ...(categories.length === 0 && { categories: '분야를 하나 이상 골라 주세요.' }),
    ...(!consents && { consent: '동의해야 뉴스레터를 보내 드릴 수 있어요.' }),
  };
}

function faultsOf(error: unknown): Faults {
  const { message, argument = '' } = error instanceof Fault ? error : new Fault('INTERNAL_SERVER_ERROR');
  return { [FIELDS[argument] ?? 'form']: message };
}

function focusFirst(form: HTMLFormElement, faults: Faults): void {
  const first = (['name', 'email', 'categories', 'consent'] as const).find((field) => faults[field]);
  if (first) form.querySelector<HTMLInputElement>(`[name=${first}]`)?.focus();
}

function marked(fault: string | undefined, field: Field) {
  return fault ? { 'aria-invalid': true, 'aria-describedby': `${field}-fault` } : {};
}

function FieldFault({ field, fault }: { field: Field; fault: string | undefined }) {
  return (
    fault && (
      <p className="alert" role="alert" id={`${field}-fault`}>
        {fault}
      </p>
    )
  );
}
