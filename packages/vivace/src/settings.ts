export { Settings } from './declare/settings';
export type { SettingsOptions } from './declare/options/settings-options';
export { envExample } from './settings/example';
export type { Environment } from './declare/environment';
export { loadSettings } from './settings/load';
