"""Review of the log of Voorbeeldstad: a dossier with special care that was read, a question, rules and a sample."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from casework.queries.cases import open_case
from config.demo_town import Town
from privacy.audit import record
from privacy.models import HitVerdict, ReviewHit, Special
from privacy.review import evaluating, flags, judging, sampling

OFFICER, REGISSEUR, READER, SEEKER = "privacy_officer", "regisseur_wonen_jeugd", "woonconsulent", "bemoeizorg"
FLAGGED = "lindelaan-14"
QUESTION = "U keek vandaag in dit dossier. Waarvoor had u het nodig?"


def load_review(town: Town) -> None:
    """The rules go over what was looked at until now; the sample is that of this week, so that there is one to see."""
    case, now = town.cases[FLAGGED], timezone.now()
    with town.doing(REGISSEUR, case.dossier_id) as by:
        flags.set_flag(case.dossier, Special.PUBLIC_OFFICE, now=now, by=by)
    with town.doing(READER) as by:
        open_case(case.pk, by=by)
    with town.doing(SEEKER) as by:
        for _ in range(7):
            record.look("refused", outcome="refused", granted=False, by=by)
    evaluating.evaluate(now=timezone.now())
    sampling.draw(town.today - timedelta(days=town.today.weekday()), now=timezone.now())
    _judged(town)


def _judged(town: Town) -> None:
    """One line of the sample was right, and somebody was asked."""
    with town.doing(OFFICER) as by:
        waits = ReviewHit.objects.filter(verdict=HitVerdict.NONE).exclude(reader_id=by.user_id)
        sampled, read = waits.filter(rule="sample").first(), waits.filter(rule="R4").first()
        if sampled is not None:
            judging.right([sampled], now=timezone.now(), by=by)
        if read is not None:
            judging.ask(read, QUESTION, manager=None, now=timezone.now(), by=by)
