export const commands = { commands: [] };
