"""Everything that can go wrong for a reason somebody can put right.

The message of each is safe to show: it says what happened, to what, and what to do.

SurveyError
├── QuestionnaireError      a questionnaire file has a mistake
│   └── UnknownItem         an item is named that the questionnaire does not have
├── AnswerError             what was answered cannot be stored as it stands
├── ConsultationError
│   ├── UnknownConsultation no consultation or wave has that name
│   ├── WaveError           a consultation cannot be begun, or a wave opened or closed, as asked
│   └── ConsultationClosed  answers are not being taken (not open yet, or closed)
├── DraftError
│   ├── UnknownResumeCode   a resume code finds nothing (mistyped, used up, or out of date)
│   ├── DraftTooLarge       more was pasted than a draft may hold
│   └── AnotherDraftHere    the device holds other answers that have not been sent
├── UnknownPrivateCode      a private code finds nothing (mistyped, or withdrawn already)
├── CommentError            something cannot be done with a comment, or it is gone
├── SafeguardingError       something cannot be done about a safeguarding case as asked
├── KeyingError             a call cannot be begun, or a form cannot be keyed again
├── AccessError
│   ├── NotSignedIn         the page needs somebody to be signed in
│   └── NotAllowed          the person signed in may not do this
├── FileError               a file brought in cannot be read
├── AreasError              a file of districts has a mistake
├── EventsError             a file of events has a mistake
├── CodingFrameError        a coding frame file has a mistake
├── ThemeError              what somebody wants to do to a theme, or say of a comment, cannot be done as asked
│   └── ConflictError       somebody else changed it while this person was looking at it
├── ActionError             what somebody wants to do to an action of the ledger cannot be done as asked
│   └── ActionChanged       somebody else changed it while this person was looking at it
├── PublicationError        a page cannot be published or withdrawn as asked
├── FrameworkError          the file of a framework that leaders answer to has a mistake
├── ReportError             a report cannot be signed off, put in other words or found as asked
├── TranslationError        a translation lacks something, or has changed since it was read
├── PrintingError           a page cannot be printed as it stands
├── CheckingError           comments cannot be drawn, coded or learnt from as asked
├── InvitationError         an invitation code is lacking, unknown or used, or cannot be made
├── StatementError          a privacy notice or accessibility statement has a mistake
├── BoundaryError           a file of a council's own boundaries cannot be drawn
├── ClusterError            a Dask cluster is named that cannot be used as it is
└── DatabaseError           the database cannot be used as it is
"""

from collections.abc import Iterable
from difflib import get_close_matches


class SurveyError(Exception):
    """Something a person can put right. The message is written for them."""


class QuestionnaireError(SurveyError):
    """A questionnaire file has a mistake: the message names the file, the place and the mend."""


class UnknownItem(QuestionnaireError):
    """An item is named that the questionnaire does not have."""

    def __init__(self, item: str, known: Iterable[str]) -> None:
        self.item = item
        known = sorted(known)
        near = get_close_matches(item, known, n=1)
        advice = f"Did you mean {near[0]!r}?" if near else f"Its items are: {', '.join(known)}."
        super().__init__(f"The questionnaire has no item {item!r}. {advice}")


class AnswerError(SurveyError):
    """What was answered cannot be stored as it stands."""


class ConsultationError(SurveyError):
    """A consultation cannot be used as asked."""


class UnknownConsultation(ConsultationError):
    """No consultation or wave has that name."""


class WaveError(ConsultationError):
    """A consultation cannot be begun, or a wave opened or its closing moved, as somebody asked: nothing was stored."""


class ConsultationClosed(ConsultationError):
    """Answers are not being taken: the consultation is not open yet, or has closed."""


class DraftError(SurveyError):
    """A draft cannot be found or kept."""


class UnknownResumeCode(DraftError):
    """A resume code finds nothing: it was mistyped, sent already, or is out of date."""


class DraftTooLarge(DraftError):
    """More was pasted than a draft may hold."""


class AnotherDraftHere(DraftError):
    """The device holds other answers that have not been sent yet: they would be lost."""


class UnknownPrivateCode(SurveyError):
    """A private code finds no response: it was mistyped, or the response has been withdrawn."""


class CommentError(SurveyError):
    """What somebody who works here wants to do with a comment cannot be done: it is gone, or something is lacking."""


class SafeguardingError(SurveyError):
    """What somebody wants to do about a safeguarding case cannot be done: it is gone, or another person has to."""


class KeyingError(SurveyError):
    """What somebody wants to key in for somebody else cannot be taken as asked."""


class AccessError(SurveyError):
    """Somebody may not do what they asked."""


class NotSignedIn(AccessError):
    """The page needs somebody to be signed in."""


class NotAllowed(AccessError):
    """The person signed in has no role that allows this."""


class FileError(SurveyError):
    """A file brought in cannot be read."""


class AreasError(SurveyError):
    """A file of districts has a mistake: the message names the file, the district and the mend."""


class EventsError(SurveyError):
    """A file of events has a mistake: the message names the file, the event and the mend."""


class CodingFrameError(SurveyError):
    """A coding frame file has a mistake: the message names the file, the place and the mend."""


class ThemeError(SurveyError):
    """What somebody wants to do to a theme, or say of a comment, cannot be done as asked."""


class ConflictError(ThemeError):
    """Somebody else changed it while this person was looking at it: nothing was done."""


class ActionError(SurveyError):
    """What somebody wants to do to an action of the ledger cannot be done as asked."""


class ActionChanged(ActionError):
    """Somebody else changed an action while this person was looking at it: nothing was done."""


class PublicationError(SurveyError):
    """A page of what was said and done cannot be published or withdrawn as asked."""


class FrameworkError(SurveyError):
    """The file of a framework that leaders answer to has a mistake: the message names it and the mend."""


class ReportError(SurveyError):
    """A report cannot be signed off, put in other words or found as somebody asked."""


class TranslationError(SurveyError):
    """A translation lacks something, has too much, or has changed since somebody read it."""


class PrintingError(SurveyError):
    """A page cannot be printed: no font has its letters, or nothing says which address to put on it."""


class CheckingError(SurveyError):
    """Comments cannot be drawn, coded blind or learnt from as somebody asked."""


class InvitationError(SurveyError):
    """An invitation code is lacking, unknown or used, or cannot be made."""


class StatementError(SurveyError):
    """The file of a privacy notice or accessibility statement has a mistake: the message names it and the mend."""


class BoundaryError(SurveyError):
    """A file of a council's own boundaries cannot be drawn: the message names it, what is wrong and the mend."""


class ClusterError(SurveyError):
    """A Dask cluster is named that cannot be used: it is not installed, does not answer, or something failed there."""


class DatabaseError(SurveyError):
    """The database cannot be used as it is."""
