import { GraphQLScalarType, Kind, valueFromASTUntyped, type ValueNode } from 'graphql';
import { GraphQLDateTime, GraphQLJSON } from 'graphql-scalars';
import { mailAddress } from '../../domain/shared/mail-address';
import { isoText } from './iso-text';

export const DateTime = new GraphQLScalarType({
  ...GraphQLDateTime.toConfig(),
  description: 'RFC 3339, always UTC (…Z).',
  serialize(value) {
    const date = GraphQLDateTime.serialize(value);
    return date instanceof Date ? isoText(date) : date;
  },
});

/** Absolute http or https URL without user:password@. The one of graphql-scalars accepts javascript: too. */
export const Url = new GraphQLScalarType<string, string>({
  name: 'URL',
  description: 'Absolute http or https URL; any other scheme is refused.',
  serialize: (value) => String(value),
  parseValue: (value) => requireHttpUrl(value),
  parseLiteral: (node: ValueNode) => requireHttpUrl(node.kind === Kind.STRING ? node.value : null),
});

/** The one of graphql-scalars takes no domain outside of ASCII, and repeats the address in its errors. */
export const EmailAddress = new GraphQLScalarType<string, string>({
  name: 'EmailAddress',
  description:
    'An e-mail address of at most 254 characters, without quotation marks. Given, its domain may be in any script; got, it is in ASCII.',
  serialize: (value) => String(value),
  parseValue: (value) => requireMailAddress(value),
  parseLiteral: (node: ValueNode) => requireMailAddress(node.kind === Kind.STRING ? node.value : null),
});

export const Json = new GraphQLScalarType({
  ...GraphQLJSON.toConfig(),
  description: 'A JSON document.',
  parseLiteral: (node, variables) => valueFromASTUntyped(node, variables),
});

export const VegaLiteSpec = new GraphQLScalarType<unknown, unknown>({
  name: 'VegaLiteSpec',
  description: 'A specification of Vega-Lite as a JSON object, with its data inline and no address in it.',
  specifiedByURL: 'https://vega.github.io/schema/vega-lite/v6.json',
});

const MAX_URL_LENGTH = 2_048;
/** The parser drops tabs and newlines and encodes the rest; what is stored must be what is meant. */
const PRINTABLE = /^[^\s\p{Cc}\p{Cs}]+$/u;

/** Without the blanks and line ends around it that are copied along. */
function requireHttpUrl(value: unknown): string {
  const url = typeof value === 'string' ? value.trim() : '';
  if (
    url.length > MAX_URL_LENGTH ||
    !PRINTABLE.test(url) ||
    !/^https?:\/\//i.test(url) ||
    !URL.canParse(url) ||
    hasUserInfo(new URL(url))
  )
    throw new TypeError('URL cannot represent what is not an absolute http or https address.');
  return url;
}

/** Addresses are stored and shown; a password in one would be as well. */
function hasUserInfo({ username, password }: URL): boolean {
  return username !== '' || password !== '';
}

/** Without the blanks around it. */
function requireMailAddress(value: unknown): string {
  const address = typeof value === 'string' ? mailAddress(value) : null;
  if (address === null) throw new TypeError('EmailAddress cannot represent what no mail can be sent to.');
  return address;
}
