'use client';

import Form from 'next/form';
import { Choice } from '../parts/choice';
import { Field } from '../parts/field';
import { TARGET_NAMES, type TargetType } from '../words';
import { AuditEntries } from './audit-entries';

/** Who did what, to what kind of thing or to one of them. */
export function AuditPage({ targetType, targetId }: { targetType: TargetType | null; targetId: string }) {
  return (
    <section className="stack">
      <h1>감사 기록</h1>
      <Form action="/desk/audit" className="row" aria-label="기록 고르기">
        <Choice label="대상" name="type" all="모두" names={TARGET_NAMES} value={targetType ?? ''} />
        <Field label="대상의 ID">
          {(props) => <input {...props} key={targetId} name="id" defaultValue={targetId} maxLength={100} />}
        </Field>
        <button className="button">고르기</button>
      </Form>
      <AuditEntries targetType={targetType} targetId={targetId || null} pageSize={50} />
    </section>
  );
}
