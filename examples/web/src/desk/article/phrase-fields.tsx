import type { DeskFault } from '../desk-fault';
import { Field } from '../parts/field';
import type { ArticleText } from './article-text';
import styles from './article-form.module.css';

/** As the gateway has it. */
const MAX_PHRASES = 20;

interface Props {
  phrases: ArticleText['phrases'];
  fault: DeskFault | null;
  onChange: (phrases: ArticleText['phrases']) => void;
}

/** Hard expressions and what they mean. */
export function PhraseFields({ phrases, fault, onChange }: Props) {
  const set = (index: number, change: Partial<ArticleText['phrases'][number]>) =>
    onChange(phrases.map((phrase, each) => (each === index ? { ...phrase, ...change } : phrase)));
  return (
    <fieldset className={styles.phrases}>
      <legend>풀어 쓴 말</legend>
      {phrases.map(({ expression, easy }, index) => (
        <div key={index} className={styles.phrase}>
          <Field
            label={`어려운 말 ${index + 1}`}
            argument={`input.phrases.${index}.expression`}
            fault={fault}
          >
            {(props) => (
              <input
                {...props}
                value={expression}
                maxLength={100}
                required
                onChange={({ target }) => set(index, { expression: target.value })}
              />
            )}
          </Field>
          <Field label={`쉬운 말 ${index + 1}`} argument={`input.phrases.${index}.easy`} fault={fault}>
            {(props) => (
              <input
                {...props}
                value={easy}
                maxLength={500}
                required
                onChange={({ target }) => set(index, { easy: target.value })}
              />
            )}
          </Field>
          <button
            type="button"
            className="button small"
            aria-label={`풀어 쓴 말 ${index + 1} 빼기`}
            onClick={() => onChange(phrases.filter((_, each) => each !== index))}
          >
            빼기
          </button>
        </div>
      ))}
      {phrases.length < MAX_PHRASES && (
        <div>
          <button
            type="button"
            className="button small"
            onClick={() => onChange([...phrases, { expression: '', easy: '' }])}
          >
            풀어 쓴 말 더하기
          </button>
        </div>
      )}
    </fieldset>
  );
}
