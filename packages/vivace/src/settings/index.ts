export { Settings, type SettingsOptions } from '../declare/settings';
export { envExample } from './example';
export { loadSettings, type Environment } from './load';
