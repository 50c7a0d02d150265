import { emailProblem } from './email';
import { predicates } from './predicates';
import type { Problem, Rule } from './rule';

type Explain = Rule['explain'];

/** What a text is not, in the words of pydantic's own formats. */
export const notValid =
  (what: string): Explain =>
  () => ({
    type: 'value_error',
    msg: `value is not a valid ${what}`,
    ctx: { reason: `It is not a valid ${what}.` },
  });
export const always =
  (problem: Problem): Explain =>
  () =>
    problem;

/** A text that is no URL. */
export const notUrl: Explain = (_args, value) => {
  if (String(value).length > 2084)
    return {
      type: 'url_too_long',
      msg: 'URL should have at most 2083 characters',
      ctx: { max_length: 2083 },
    };
  const error =
    value === ''
      ? 'input is empty'
      : /^[a-z][a-z\d+.-]*:/i.test(String(value))
        ? 'invalid address'
        : 'relative URL without a base';
  return { type: 'url_parsing', msg: `Input should be a valid URL, ${error}`, ctx: { error } };
};
/** One of another version, or none. */
export const notUuid: Explain = ([version], value) => {
  if (version !== undefined && version !== 'all' && predicates.isUUID(value, 'all')) {
    return {
      type: 'uuid_version',
      msg: `UUID version ${String(version)} expected`,
      ctx: { expected_version: Number(version) || version },
    };
  }
  const error = `invalid length: found ${String(value).length}`;
  return { type: 'uuid_parsing', msg: `Input should be a valid UUID, ${error}`, ctx: { error } };
};
export const notIp: Explain = ([version]) => {
  const one = String(version ?? '');
  return one === '4' || one === '6'
    ? { type: `ip_v${one}_address`, msg: `Input is not a valid IPv${one} address` }
    : { type: 'ip_any_address', msg: 'value is not a valid IPv4 or IPv6 address' };
};
export const notEmail: Explain = (_args, value) => {
  const reason = emailProblem(String(value)) ?? 'It is not a valid email address.';
  return {
    type: 'value_error',
    msg: `value is not a valid email address: ${reason}`,
    ctx: { reason },
  };
};
export const notDateTime: Explain = () => ({
  type: 'datetime_from_date_parsing',
  msg: 'Input should be a valid datetime or date, invalid form',
  ctx: { error: 'invalid form' },
});
