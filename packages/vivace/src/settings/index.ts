export { Settings, type SettingsOptions } from '../declare/settings';
export { loadSettings, type Environment } from './load';
