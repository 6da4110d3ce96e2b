"""What is stored: one class a table, each with the rules that no row may break.

Times are UTC. Enumerations are stored by value. Codes and cookies are stored only as keyed hashes.
"""

from survey.ledger import ActionActKind, ActionState
from survey.tables.acting import Action, ActionVersion, ActionWording, Publication
from survey.tables.answering import (
    Answer,
    ChangeCounter,
    Channel,
    Comment,
    Draft,
    EqualityAnswer,
    Likeness,
    Response,
    ResponseState,
    SecondKeying,
)
from survey.tables.consulting import (
    ApprovedTranslation,
    Area,
    Consultation,
    ConsultationKind,
    Invitation,
    QuestionnaireVersion,
    Wave,
)
from survey.tables.people import (
    AuditEntry,
    Person,
    PersonRole,
    RoleName,
    StaffSession,
)
from survey.tables.reading_through import CommentFlag, CommentNote, CommentSeen
from survey.tables.reports import (
    Report,
    ReportQuote,
    ReportWording,
    StruckQuote,
    ThemePlace,
)
from survey.tables.safeguarding import (
    CaseState,
    SafeguardingCase,
    SafeguardingStep,
    StepKind,
    TakenBackCase,
)
from survey.tables.theming import (
    BlindCoding,
    CandidateTheme,
    CheckSample,
    Coding,
    Fit,
    FitState,
    GivenBy,
    Judgement,
    SampledComment,
    Teaching,
    Theme,
    ThemeAct,
    ThemeActKind,
    ThemeVersion,
)
from survey.tables.understanding import (
    CommentTranslation,
    FoundDetail,
    Reading,
    SentimentJudgement,
)
from survey.tables.warning import WarningLook

__all__ = [
    "Action",
    "ActionActKind",
    "ActionState",
    "ActionVersion",
    "ActionWording",
    "Answer",
    "ApprovedTranslation",
    "Area",
    "AuditEntry",
    "BlindCoding",
    "CandidateTheme",
    "CaseState",
    "ChangeCounter",
    "Channel",
    "CheckSample",
    "Coding",
    "Comment",
    "CommentFlag",
    "CommentNote",
    "CommentSeen",
    "CommentTranslation",
    "Consultation",
    "ConsultationKind",
    "Draft",
    "EqualityAnswer",
    "Fit",
    "FitState",
    "FoundDetail",
    "GivenBy",
    "Invitation",
    "Judgement",
    "Likeness",
    "Person",
    "PersonRole",
    "Publication",
    "QuestionnaireVersion",
    "Reading",
    "Report",
    "ReportQuote",
    "ReportWording",
    "Response",
    "ResponseState",
    "RoleName",
    "SafeguardingCase",
    "SafeguardingStep",
    "SampledComment",
    "SecondKeying",
    "SentimentJudgement",
    "StaffSession",
    "StepKind",
    "StruckQuote",
    "TakenBackCase",
    "Teaching",
    "Theme",
    "ThemeAct",
    "ThemeActKind",
    "ThemePlace",
    "ThemeVersion",
    "WarningLook",
    "Wave",
    "stored_id",
]


def stored_id(
    row: (
        Consultation
        | Wave
        | Report
        | QuestionnaireVersion
        | Response
        | Comment
        | Theme
        | CandidateTheme
        | Person
        | Action
    ),
) -> int:
    """The number of a row that has been stored. Raises ValueError for one that has not."""
    if row.id is None:
        raise ValueError(f"This {type(row).__name__} has not been stored yet: flush the session first.")
    return row.id
