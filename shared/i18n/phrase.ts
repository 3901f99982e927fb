/*
 * Terms, one for each thing (en · fr · es): user · utilisateur · usuario; license · licence · licencia;
 * plan (of a license) · offre · plan; license pool · licences achetées · licencias compradas; domain ·
 * domaine · dominio; workspace · espace de travail · espacio de trabajo; contact · contact · contacto;
 * log · historique · historial; event · événement · evento; message (secure) · message · mensaje; mail
 * (the open one) · e-mail · correo; activation link · lien d’activation · enlace de activación; remove ·
 * supprimer · eliminar; suspend · suspendre · suspender; restore · rétablir · restaurar; support ·
 * assistance · soporte. French says "vous", Spanish "usted"; buttons are infinitives in both.
 */

/**
 * One phrase of a catalog. `{name}` stands for a parameter; a phrase with plural forms chooses by the
 * parameter `count` (`many` is the form of millions in French and Spanish: "1 000 000 d’utilisateurs").
 */
export type Phrase = string | { one: string; other: string; many?: string }

/** What fills a phrase: numbers are written as the language writes them, text as it is. */
export type PhraseParams = Readonly<Record<string, string | number>>
