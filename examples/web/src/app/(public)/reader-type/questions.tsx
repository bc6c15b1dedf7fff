import type { ReaderQuestionsQuery } from '@/graphql/generated/graphql';
import { nameOf } from './answers-of';
import styles from './reader-type.module.css';

interface Props {
  questions: ReaderQuestionsQuery['readerQuestions'];
  /** The first one that still has to be answered, once somebody wants the result. */
  missing: number | undefined;
  answers: readonly number[] | undefined;
}

export function Questions({ questions, missing, answers }: Props) {
  return questions.map(({ index, title, options }) => {
    const fault = missing === index ? `fault-${index}` : undefined;
    return (
      <fieldset key={index} className={styles.question} aria-describedby={fault}>
        <legend>
          <span className={styles.number}>{index + 1}</span> {title}
        </legend>
        {options.map((option, place) => (
          <label key={place}>
            <input
              type="radio"
              name={nameOf(index)}
              value={place}
              required
              defaultChecked={answers?.[index] === place}
            />
            {option}
          </label>
        ))}
        {fault && (
          <p id={fault} className="alert" role="alert">
            하나를 골라 주세요.
          </p>
        )}
      </fieldset>
    );
  });
}
