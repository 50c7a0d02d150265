export { APIKeyCookie, APIKeyHeader, APIKeyQuery } from './security/api-key';
export { HTTPBase, HTTPBearer, HTTPDigest } from './security/http';
export { HTTPBasic, type HTTPBasicCredentials } from './security/http-basic';
export { OAuth2, OAuth2AuthorizationCodeBearer, OAuth2PasswordBearer } from './security/oauth2';
export { OpenIdConnect } from './security/open-id-connect';
export { SecurityScheme } from './security/scheme';
export type { HTTPCredentials } from './security/authorization';
export { anyOf } from './security/any-of';
export { Public } from './declare/public';
export {
  OAuth2PasswordRequestForm,
  OAuth2PasswordRequestFormStrict,
} from './security/password-form';
export { sameSecret } from './security/same-secret';
export { RefreshTokens, type RefreshTokensOptions, type Renewed } from './security/refresh-tokens';
export { revokeToken } from './security/revocation';
export { hashPassword, verifyPassword } from './security/password';
export type { Claims } from './security/claims';
export { signToken, verifyToken, type SignOptions, type VerifyOptions } from './security/token';
export type { Algorithm } from './security/token-key';
