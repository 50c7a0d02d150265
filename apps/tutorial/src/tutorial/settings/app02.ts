import { Controller, Get, Vivace, int } from 'vivace';
import { Settings } from 'vivace/settings';
import { override } from 'vivace/testing';

@Settings()
class AppSettings {
  app_name: string = 'Awesome API';
  admin_email!: string;
  items_per_user: int = 50;
}

@Controller('/info')
class Info {
  @Get()
  info(settings: AppSettings) {
    return {
      app_name: settings.app_name,
      admin_email: settings.admin_email,
      items_per_user: settings.items_per_user,
    };
  }
}

export const app = new Vivace({ controllers: [Info] });

export const overrides = {
  get_settings_override: override(AppSettings, () =>
    Object.assign(new AppSettings(), { admin_email: 'testing_admin@example.com' }),
  ),
};
