export { APIKeyCookie, APIKeyHeader, APIKeyQuery } from './api-key';
export { HTTPBase, HTTPBearer, HTTPDigest } from './http';
export { HTTPBasic, type HTTPBasicCredentials } from './http-basic';
export { OAuth2, OAuth2AuthorizationCodeBearer, OAuth2PasswordBearer } from './oauth2';
export { OpenIdConnect } from './open-id-connect';
export { SecurityScheme } from './scheme';
export type { HTTPCredentials } from './authorization';
export { OAuth2PasswordRequestForm } from './password-form';
export { sameSecret } from './same-secret';
