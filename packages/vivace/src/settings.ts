export { Settings, type SettingsOptions } from './declare/settings';
export { envExample } from './settings/example';
export { loadSettings, type Environment } from './settings/load';
