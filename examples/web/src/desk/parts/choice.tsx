import { Field } from './field';

interface Props {
  label: string;
  name: string;
  /** The word for no choice. */
  all: string;
  names: Readonly<Record<string, string>>;
  value: string;
}

/** One of some values, or all of them, of a form that is sent as an address. */
export function Choice({ label, name, all, names, value }: Props) {
  return (
    <Field label={label}>
      {(props) => (
        <select {...props} key={value} name={name} defaultValue={value}>
          <option value="">{all}</option>
          {Object.entries(names).map(([each, shown]) => (
            <option key={each} value={each}>
              {shown}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
