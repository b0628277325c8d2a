/** The role that every query of the service runs under: no login, no superuser, bound by row level security. */
export const serviceRole = 'countersign_service'
/** The role of the job queue, which reaches the schema `pgboss` and no tenant's table. */
export const jobsRole = 'countersign_jobs'
export const schemaName = 'countersign'
