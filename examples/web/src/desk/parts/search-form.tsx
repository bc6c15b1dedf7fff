import Form from 'next/form';
import type { ReactNode } from 'react';
import { Field } from './field';
import styles from './search-form.module.css';

interface Props {
  /** The path of the page that it searches. */
  path: string;
  label: string;
  name?: string;
  value: string;
  maxLength: number;
  /** Further controls. */
  children?: ReactNode;
}

/** Searches by the address, so that a result can be shared and found again. */
export function SearchForm({ path, label, name = 'search', value, maxLength, children }: Props) {
  return (
    <Form action={path} className={styles.search} role="search">
      <Field label={label}>
        {(props) => <input {...props} type="search" name={name} defaultValue={value} maxLength={maxLength} />}
      </Field>
      {children}
      <button className="button">찾기</button>
    </Form>
  );
}
