"""Koinon: the engine behind a social-innovation portal.

One file holds a multilingual catalogue of case studies, organisations, projects and calls; search
in the official languages of the EU, facets, and the partnership graph come with it.

>>> import koinon as kn
>>> cat = kn.open(":memory:")
>>> cat.import_sample().quarantined
0
>>> results = cat.search("asuntoja asunnottomille", language="fi", facets=("country",))

Answers are sequences that show themselves in a notebook and become frames with ``to_pandas()``,
``to_polars()`` or ``to_arrow()``. Errors are the classes of :mod:`koinon.errors`; structured
questions are built by :mod:`koinon.query`. None of the optional packages is needed to import
koinon.
"""

from . import errors, query
from ._alerts import Alert, Alerts
from ._care import (
    CollectedCase,
    Collection,
    Collections,
    CompletenessReport,
    FieldGroup,
    IncompleteCase,
    IncompleteCases,
    LanguageVersion,
    StaleFinding,
    StaleFindings,
)
from ._catalogue import Catalogue, open
from ._centres import (
    Centre,
    CentreReport,
    Centres,
)
from ._communities import (
    CommunityPeriod,
    CommunityReport,
    MemberShown,
    SolvedAnswer,
    SolvedOrganisation,
    SolvedRecord,
)
from ._consortium import (
    BindingRule,
    ConsortiumAnswer,
    ConsortiumConflict,
    ConsortiumFit,
    ConsortiumPlan,
    ConsortiumSubstitute,
    ConsortiumTie,
    PlannedMember,
    SearchedRule,
    WhatIfAnswer,
)
from ._differences import ComparedVersion, Differences, FieldDifference, WordRun
from ._eligibility import (
    CheckedMember,
    EligibilityReport,
    RuleContradiction,
    RuleFinding,
)
from ._engine import (
    facet_fields,
    import_formats,
    network_formats,
    network_measures,
    number_fields,
    text_fields,
)
from ._engine import version as _version
from ._evidence import (
    AssessmentResult,
    CriterionResult,
    EvidenceReport,
    FitReason,
    Grade,
    GradeReason,
    GradedStudy,
    MethodFound,
    MethodReport,
    MethodsFound,
    MethodUse,
)
from ._explanation import ExplainedPart, Explanation, Reason
from ._identity import (
    DecisionEntry,
    IdentityConflict,
    MatchReport,
    OrganisationIdentity,
    ReviewItem,
    ReviewQueue,
)
from ._life_cycles import (
    AdvancedCalls,
    DesignFinding,
    DesignReport,
    Edge,
    HeldCall,
    LifeCycle,
    Moved,
    NextStep,
    NextSteps,
    Refusal,
    life_cycle,
    life_cycles,
)
from ._lineage import (
    Lineage,
    LineageGeneration,
    LineageInitiative,
    LineageReplication,
    ReplicationTime,
    ReplicationTimes,
    Replications,
    SurvivalCurve,
)
from ._neighbourhood import (
    CommonPartner,
    CommonPartners,
    Neighbour,
    Neighbourhood,
    PartnershipPath,
    ShownOrganisation,
)
from ._network import Network, NetworkPath
from ._network_file import NetworkFile, read_network
from ._network_groups import NetworkGroup, NetworkGroups
from ._network_rows import network_of_rows
from ._network_tables import (
    Coverage,
    CoverageCells,
    Growth,
    NearOrganisation,
    NearOrganisations,
    NetworkTable,
)
from ._outcome import Outcome, OutcomeCost, OutcomeRecord
from ._partners import Partner, PartnerResults, SharedWork
from ._peers import (
    PeerPair,
    Peers,
    Unpaired,
)
from ._recommend import (
    CountryExposure,
    KeptOut,
    Recommendation,
    RecommendationReason,
    Recommendations,
)
from ._recommend_all import RecommendationTable
from ._records import Change, Record, RecordField, Write, Written, record_fields
from ._report import Report, ReportRow, ReportSum, report_dimensions, report_measures
from ._reports import (
    CheckReport,
    Finding,
    GraphSummary,
    ImportReason,
    ImportReport,
    Quarantine,
    QuarantinedRow,
    RefusedVector,
    Statistics,
    VectorModel,
    VectorsReport,
    ViewStatus,
)
from ._search import Facet, FacetValue, FoundThrough, Hit, SearchResults, Snippet
from ._thesaurus import (
    ConceptEntry,
    ConceptLink,
    ThesaurusFile,
    ThesaurusProblem,
    ThesaurusReport,
)
from ._vectors import Embedder
from ._vocabulary import label
from .errors import Error, Violation

__version__: str = _version()

__all__ = [
    "AdvancedCalls",
    "Alert",
    "Alerts",
    "AssessmentResult",
    "BindingRule",
    "Catalogue",
    "Centre",
    "CentreReport",
    "Centres",
    "Change",
    "CheckReport",
    "CheckedMember",
    "CollectedCase",
    "Collection",
    "Collections",
    "CommonPartner",
    "CommonPartners",
    "CommunityPeriod",
    "CommunityReport",
    "ComparedVersion",
    "CompletenessReport",
    "ConceptEntry",
    "ConceptLink",
    "ConsortiumAnswer",
    "ConsortiumConflict",
    "ConsortiumFit",
    "ConsortiumPlan",
    "ConsortiumSubstitute",
    "ConsortiumTie",
    "CountryExposure",
    "Coverage",
    "CoverageCells",
    "CriterionResult",
    "DecisionEntry",
    "DesignFinding",
    "DesignReport",
    "Differences",
    "Edge",
    "EligibilityReport",
    "Embedder",
    "Error",
    "EvidenceReport",
    "ExplainedPart",
    "Explanation",
    "Facet",
    "FacetValue",
    "FieldDifference",
    "FieldGroup",
    "Finding",
    "FitReason",
    "FoundThrough",
    "Grade",
    "GradeReason",
    "GradedStudy",
    "GraphSummary",
    "Growth",
    "HeldCall",
    "Hit",
    "IdentityConflict",
    "ImportReason",
    "ImportReport",
    "IncompleteCase",
    "IncompleteCases",
    "KeptOut",
    "LanguageVersion",
    "LifeCycle",
    "Lineage",
    "LineageGeneration",
    "LineageInitiative",
    "LineageReplication",
    "MatchReport",
    "MemberShown",
    "MethodFound",
    "MethodReport",
    "MethodUse",
    "MethodsFound",
    "Moved",
    "NearOrganisation",
    "NearOrganisations",
    "Neighbour",
    "Neighbourhood",
    "Network",
    "NetworkFile",
    "NetworkGroup",
    "NetworkGroups",
    "NetworkPath",
    "NetworkTable",
    "NextStep",
    "NextSteps",
    "OrganisationIdentity",
    "Outcome",
    "OutcomeCost",
    "OutcomeRecord",
    "Partner",
    "PartnerResults",
    "PartnershipPath",
    "PeerPair",
    "Peers",
    "PlannedMember",
    "Quarantine",
    "QuarantinedRow",
    "Reason",
    "Recommendation",
    "RecommendationReason",
    "RecommendationTable",
    "Recommendations",
    "Record",
    "RecordField",
    "Refusal",
    "RefusedVector",
    "ReplicationTime",
    "ReplicationTimes",
    "Replications",
    "Report",
    "ReportRow",
    "ReportSum",
    "ReviewItem",
    "ReviewQueue",
    "RuleContradiction",
    "RuleFinding",
    "SearchResults",
    "SearchedRule",
    "SharedWork",
    "ShownOrganisation",
    "Snippet",
    "SolvedAnswer",
    "SolvedOrganisation",
    "SolvedRecord",
    "StaleFinding",
    "StaleFindings",
    "Statistics",
    "SurvivalCurve",
    "ThesaurusFile",
    "ThesaurusProblem",
    "ThesaurusReport",
    "Unpaired",
    "VectorModel",
    "VectorsReport",
    "ViewStatus",
    "Violation",
    "WhatIfAnswer",
    "WordRun",
    "Write",
    "Written",
    "errors",
    "facet_fields",
    "import_formats",
    "label",
    "life_cycle",
    "life_cycles",
    "network_formats",
    "network_measures",
    "number_fields",
    "open",
    "query",
    "network_of_rows",
    "read_network",
    "record_fields",
    "report_dimensions",
    "report_measures",
    "text_fields",
]
