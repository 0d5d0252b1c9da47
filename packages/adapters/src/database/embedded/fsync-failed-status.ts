/** Exit status after a failed fsync, `EX_SOFTWARE` of sysexits.h. */
export const fsyncFailedStatus = 70;
