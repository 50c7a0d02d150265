import type { Rule } from './rule';
import { cleanupInFinally } from './cleanup-in-finally';
import { noBlockingCalls } from './no-blocking-calls';
import { noChangingGet } from './no-changing-get';
import { noKeys } from './no-keys';
import { noLiteralSecrets } from './no-literal-secrets';
import { noOpenCors } from './no-open-cors';
import { noPatchDefaults } from './no-patch-defaults';
import { noReturnedErrors } from './no-returned-errors';
import { noSecretClaims } from './no-secret-claims';
import { noSwallowedErrors } from './no-swallowed-errors';
import { safeOptions } from './safe-options';
import { safePatterns } from './safe-patterns';
import { shortTokens } from './short-tokens';

/** All rules by their names in a configuration. */
export const rules: Readonly<Record<string, Rule>> = {
  'cleanup-in-finally': cleanupInFinally,
  'no-blocking-calls': noBlockingCalls,
  'no-changing-get': noChangingGet,
  'no-keys': noKeys,
  'no-literal-secrets': noLiteralSecrets,
  'no-open-cors': noOpenCors,
  'no-patch-defaults': noPatchDefaults,
  'no-returned-errors': noReturnedErrors,
  'no-secret-claims': noSecretClaims,
  'no-swallowed-errors': noSwallowedErrors,
  'safe-options': safeOptions,
  'safe-patterns': safePatterns,
  'short-tokens': shortTokens,
};
