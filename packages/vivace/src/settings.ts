export { Settings, type SettingsOptions } from './declare/settings';
export { envExample } from './settings/example';
export type { Environment } from './declare/environment';
export { loadSettings } from './settings/load';
