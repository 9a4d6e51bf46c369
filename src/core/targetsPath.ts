/** Where the targets of a workspace folder are written, relative to the folder. */
export const targetsPath = '.lambda/targets.json';
