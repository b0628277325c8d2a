import { acts, picks, slotFor, type Command } from './command.ts'

/** Commands for applications, their credentials and their rights. */
export const applicationCommands: readonly Command[] = [
  picks('remove-secret', 'expiredSecrets', slotFor('application', 'applicationId'), {
    words: [
      'remove secret of',
      'remove secret from',
      'remove expired secret of',
      'remove expired secret from',
      'delete secret of',
      'delete secret from',
    ],
    actions: ['remove-app-secret'],
    help: 'Lists the expired secrets of an application and proposes to remove the one you pick.',
    inTeams: true,
  }),
  acts('remove-oldest-secret', {
    words: ['remove oldest secret of', 'remove oldest secret from'],
    help: 'Proposes to remove the oldest of several secrets, another of which still works.',
  }),
  picks('remove-certificate', 'expiredCertificates', slotFor('application', 'applicationId'), {
    words: ['remove certificate of', 'remove certificate from', 'remove expired certificate of', 'remove expired certificate from'],
    actions: ['remove-app-certificate'],
    help: 'Lists the expired certificates of an application and proposes to remove the one you pick.',
  }),
  picks('remove-enterprise-secret', 'enterpriseSecrets', slotFor('servicePrincipal', 'servicePrincipalId'), {
    words: ['remove enterprise secret of', 'remove enterprise secret from', 'remove service principal secret of'],
    actions: ['remove-service-principal-secret'],
    help: 'The same for the expired secrets that an enterprise application keeps itself.',
  }),
  acts('block-service-principal', {
    words: ['block application', 'disable application', 'block enterprise application'],
    help: 'Proposes to block an enterprise application from signing in.',
    inTeams: true,
  }),
  acts('unblock-service-principal', {
    words: ['unblock application', 'enable application', 'unblock enterprise application'],
    help: 'Proposes to let a blocked enterprise application sign in again.',
  }),
  picks('remove-grant', 'grants', slotFor('servicePrincipal', 'clientId'), {
    words: ['remove grant of', 'remove grant from', 'remove consent of', 'remove consent from'],
    actions: ['remove-delegated-grant'],
    help: 'Lists what an application may do in people’s names and proposes to take away what you pick.',
  }),
  picks('remove-permission', 'permissions', slotFor('servicePrincipal', 'principalId'), {
    words: ['remove permission of', 'remove permission from', 'remove app role of', 'remove app role from'],
    actions: ['remove-app-role'],
    help: 'Lists the application permissions of an application and proposes to take away the one you pick.',
  }),
  acts('add-app-owner', {
    words: ['add owner'],
    joint: ['to application', 'to'],
    order: ['ownerId', 'applicationId'],
    help: 'Proposes to make a person an owner of an application.',
  }),
  acts('delete-application', {
    words: ['delete application', 'delete app registration'],
    help: 'Proposes to delete an application that nobody uses.',
  }),
]
