"""The surveys that come ready made, in French."""

from surveys.drafts import Draft, choose_one, choose_several, comment, page, rate, zero_to_ten

COMMUNITY_SATISFACTION = Draft(
    label="Satisfaction de la communauté",
    about="Comment on se sent ici, ce qui compte, ce qui devrait changer",
    title="Comment vous sentez-vous dans notre communauté ?",
    intro="Quelques questions sur votre vie ici, ce qui compte pour vous et ce que nous pourrions améliorer.",
    pages=(
        page(
            "Votre ressenti",
            rate(
                "satisfaction",
                "Dans l’ensemble, êtes-vous satisfait(e) de notre communauté ?",
                low="Pas du tout",
                high="Tout à fait",
            ),
            zero_to_ten(
                "recommend",
                "La recommanderiez-vous à un proche ou à un collègue ?",
                low="Certainement pas",
                high="Sans hésiter",
            ),
        ),
        page(
            "Ce qui compte pour vous",
            choose_several(
                "value",
                "Qu’appréciez-vous le plus ici ?",
                "L’aide quand j’ai une question",
                "Les nouvelles et les idées",
                "Les personnes que je rencontre",
                "Les événements",
                "Ce que nous réalisons ensemble",
                "Autre chose",
                hint="Plusieurs réponses sont possibles.",
            ),
            comment(
                "change",
                "Que devrions-nous changer, et pourquoi ?",
                hint="Une seule chose suffit. Dites-le avec vos mots.",
            ),
        ),
    ),
)

EVENT_FEEDBACK = Draft(
    label="Retour sur un événement",
    about="Ce qu’on en a pensé, comment on a participé, ce qui est à revoir",
    title="Qu’avez-vous pensé de l’événement ?",
    intro="Merci d’avoir participé. Dites-nous ce qui a fonctionné, pour que le prochain soit meilleur.",
    pages=(
        page(
            "L’événement",
            choose_one(
                "presence",
                "Comment avez-vous participé ?",
                "Sur place",
                "En ligne",
                "Après coup, avec l’enregistrement",
                is_required=True,
            ),
            rate("overall", "Dans l’ensemble, comment était l’événement ?", low="Décevant", high="Excellent"),
            choose_one(
                "length",
                "Comment avez-vous trouvé sa durée ?",
                "Trop courte",
                "Juste comme il faut",
                "Trop longue",
            ),
        ),
        page(
            "Le prochain",
            zero_to_ten(
                "again",
                "Viendrez-vous au prochain ?",
                low="Certainement pas",
                high="Sans hésiter",
            ),
            comment("liked", "Qu’avez-vous préféré ?"),
            comment("differently", "Que devrions-nous faire autrement la prochaine fois ?"),
        ),
    ),
)

RETROSPECTIVE = Draft(
    label="Rétrospective",
    about="Comment s’est passée une période, quoi garder, quoi changer",
    title="Regardons en arrière ensemble",
    intro="Comment avez-vous vécu ces dernières semaines ? Vos réponses ouvriront notre discussion.",
    pages=(
        page(
            "",
            rate(
                "went", "Comment ces semaines se sont-elles passées pour vous ?", low="Mal", high="Très bien"
            ),
            choose_one(
                "workload",
                "Comment était votre charge de travail ?",
                "Trop légère",
                "Bien dosée",
                "Un peu trop lourde",
                "Beaucoup trop lourde",
                is_required=True,
            ),
            comment("keep", "Qu’est-ce qui a bien marché et devrait continuer ?"),
            comment("change", "Qu’est-ce qui vous a freiné, et que changeriez-vous ?"),
        ),
    ),
)

TEMPLATES = {
    "community_satisfaction": COMMUNITY_SATISFACTION,
    "event_feedback": EVENT_FEEDBACK,
    "retrospective": RETROSPECTIVE,
}
