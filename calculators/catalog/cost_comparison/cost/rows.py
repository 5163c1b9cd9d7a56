"""Each row put together from its parts, as its record says; the short file that shows how a cost comes about."""

from datetime import date, timedelta

from calculators import formulas
from calculators.calendar import month_after, months_between
from calculators.catalog.cost_comparison.approaches import Approach, Runs
from calculators.catalog.cost_comparison.cost.answers import Answers
from calculators.catalog.cost_comparison.cost.counting import Counting
from calculators.catalog.cost_comparison.cost.finding_out import FindingOutCost, Shares
from calculators.catalog.cost_comparison.cost.gpus import Gpus, Sizing
from calculators.catalog.cost_comparison.cost.people import PeopleCost
from calculators.catalog.cost_comparison.cost.retrieval import RetrievalCost
from calculators.catalog.cost_comparison.cost.several import Deployments
from calculators.catalog.cost_comparison.cost.shape import Cost, Once, Running
from calculators.catalog.cost_comparison.cost.speed import AnswerTime, least
from calculators.catalog.cost_comparison.cost.tokens import Padding, RequestTokens, Tokens
from calculators.catalog.cost_comparison.cost.training import Training
from calculators.catalog.cost_comparison.effective import Effective
from calculators.catalog.cost_comparison.given import Given
from calculators.catalog.cost_comparison.sheet import Sheet, figure


class Parts:
    """
    What rows are put together from: the terms of the cost model, by subject.

    Attributes:
        given: The inputs and the records that they name.
        effective: Every price, once it is decided whose it is.
        counting: Tokens, model by model.
        tokens: Requests paid by the token.
        gpus: Requests carried by GPUs.
        retrieval: Documents looked up.
        training: Data and training runs.
        several: Deployments of several tuned models.
        people: The team's hours.
        answers: Right and wrong answers.
        finding_out: What it takes until it is known whether a row passes.
    """

    def __init__(self, given: Given) -> None:
        self.given = given
        self.effective = Effective(given)
        self.counting = Counting(given)
        self.tokens = Tokens(given, self.effective, self.counting)
        self.gpus = Gpus(given, self.effective, self.tokens)
        self.retrieval = RetrievalCost(given, self.effective)
        self.training = Training(given, self.effective, self.gpus)
        self.several = Deployments(given, self.effective)
        self.people = PeopleCost(given)
        self.answers = Answers(given)
        self.finding_out = FindingOutCost(given, self.effective, self.gpus, self.retrieval, self.training)

    def sheets(self) -> tuple[Sheet, ...]:
        """The sheets among them."""
        return (
            self.given,
            self.effective,
            self.counting,
            self.tokens,
            self.gpus,
            self.retrieval,
            self.training,
            self.answers,
            self.finding_out,
        )


class RowCost(Sheet):
    """What one row costs."""

    def __init__(self, approach: Approach, parts: Parts, meanwhile: "RowCost | None" = None) -> None:
        super().__init__(parts.given.notes)
        self.approach = approach
        self.parts = parts
        # What runs until this row is live; nothing stands for the row itself.
        self.meanwhile = meanwhile or self

    @figure
    def held(self) -> RequestTokens:
        """What one request holds."""
        return self.parts.tokens.held_by(self.approach)

    @figure
    def looks_up(self) -> bool:
        """Whether documents are looked up."""
        return self.approach.looks_up(documents=self.parts.given.documents)

    @figure
    def running(self) -> Running:
        """What requests and months cost beside people."""
        return self._with_all(self._requests())

    def _with_all(self, requests: Running) -> Running:
        """Requests with what is looked up for them, and what those cost that are sent on."""
        running = self.parts.retrieval.beside(requests) if self.looks_up else requests
        sent_on = self.sent_on
        if sent_on is None:
            return running
        return running._replace(sent_on=sent_on, sent_on_share=self.parts.given.inputs.traffic.sent_on_share)

    @property
    def sent_on(self) -> Running | None:
        """What requests cost that it sends on to the prompted model; nothing where it sends none."""
        return self.parts.tokens.sent_on if self.approach.sends_on else None

    def _requests(self, times: float = 1.0, padding: Padding = Padding.ALL) -> Running:
        """
        What requests cost where the row runs, and keeping its model ready.

        Args:
            times: How often GPUs carry each of them. [1]
            padding: Which prompts may be made longer, so that they are cached.
        """
        parts, held = self.parts, self.held
        match self.approach.runs:
            case Runs.OWN_GPUS:
                several = parts.several
                times *= several.work(self.approach)
                return parts.gpus.own(held, times, several.deployments(self.approach))
            case Runs.SERVICE:
                return self._at_service(held, times, padding)
            case Runs.SERVER:
                return Running(parts.tokens.carried(), per_month=parts.given.inputs.classifier.classifier_server)
            case _:
                return parts.tokens.sold_for(self.approach.runs, held, padding)

    def padding_saves(self) -> float:
        """What it saves over the horizon that prompts are made longer where they are cheaper cached. [USD]"""
        months, times = self.parts.given.inputs.job.horizon_months, self.parts.answers.asked(self.approach)
        return (self._requests(padding=Padding.NONE).until(months) - self._requests().until(months)) * times

    def _at_service(self, held: RequestTokens, times: float, padding: Padding) -> Running:
        parts, service, prices = self.parts, self.parts.given.records.service, self.parts.effective.service
        if service is None or prices is None:
            return Running(parts.tokens.carried())
        hosting = formulas.hosting_cost(
            price_per_hour=prices.hosting.value, hours_per_month=parts.given.inputs.serving.hours_per_month
        )
        several, storage = parts.several, prices.storage.value * parts.training.models
        deployments = several.deployments(self.approach)
        if service.hosting_is_per_gpu:
            return parts.gpus.hosted(held, hosting, storage, times * several.work(self.approach), deployments)
        return parts.tokens.tuned(held, prices.tokens, hosting * deployments + storage, padding)

    @figure
    def sizing(self) -> Sizing | None:
        """How many GPUs of one's own it takes, and why; nothing where memory is not asked, or of another row."""
        if self.approach.runs is not Runs.OWN_GPUS:
            return None
        several = self.parts.several
        return self.parts.gpus.sizing(self.held, several.work(self.approach), several.deployments(self.approach))

    @figure
    def least_seconds(self) -> AnswerTime | None:
        """How soon an answer can come at the soonest; nothing where no speed is known."""
        records, effective = self.parts.given.records, self.parts.effective
        match self.approach.runs:
            case Runs.OWN_GPUS if fit := effective.speed:
                named = effective.gpus_per_replica
                gpus = named.value if named else float(fit.gpus_per_replica)
                replica = self.sizing.gpus_per_replica if self.sizing else gpus
                return least(self.held, fit, replica, self.parts.gpus.reading(fit))
            case Runs.SERVICE if records.hosted_fit and records.service and records.service.hosting_is_per_gpu:
                fit = records.hosted_fit
                replica = records.base.gpus_needed or fit.gpus_per_replica
                return least(self.held, fit, replica, self.parts.gpus.reading(fit))
            case _:
                return None

    @figure
    def setup(self) -> Once:
        """What is paid before the first request."""
        training = self.parts.training
        index = self.parts.retrieval.index_cost if self.looks_up else 0.0
        return Once(
            people=self.parts.people.setup(self.approach),
            data=training.all_labels if self.approach.trained else 0.0,
            compute=training.all_runs(self.approach) + index,
            waiting=self._waiting(),
        )

    def _waiting(self) -> float:
        """What the months until it is live cost: the delay, and requests at the cost of what runs meanwhile. [USD]"""
        delay = self.parts.given.inputs.life.delay_cost
        if not delay:
            return 0.0
        return (delay + self.meanwhile.running.until(1)) * self.parts.given.assumed[self.approach.wait]

    @figure
    def monthly_people(self) -> float:
        """Time in a month. [USD per month]"""
        return self.parts.people.monthly(self.approach)

    @figure
    def change(self) -> Once:
        """What each change of base model costs."""
        training = self.parts.training
        return Once(
            people=self.parts.people.change(self.approach),
            data=training.refreshed_labels if self.approach.trained else 0.0,
            compute=training.all_runs(self.approach),
        )

    @figure
    def changes(self) -> tuple[int, ...]:
        """Months after which the base model is changed."""
        job = self.parts.given.inputs.job
        forced = tuple(
            months_between(job.as_of, day) for day in self._retirements() if day is not None and day > job.as_of
        )
        return formulas.change_months(
            model_life=self.parts.given.inputs.life.model_life, forced=forced, months=job.horizon_months
        )

    @figure
    def ends(self) -> bool:
        """Whether what it runs is switched off within the horizon."""
        job = self.parts.given.inputs.job
        end = month_after(job.as_of, job.horizon_months)
        return any(day is not None and day < end for day in self._retirements())

    @figure
    def gone(self) -> bool:
        """Whether what it runs is switched off before it could be live; what runs today is."""
        day = self.parts.given.inputs.job.as_of
        live = day if self.approach is self.parts.given.today else day + timedelta(weeks=self.weeks)
        return any(end is not None and end <= live for end in self._retirements())

    def _retirements(self) -> tuple[date | None, ...]:
        """Days on which what the row runs is switched off. Weights of one's own are switched off by nobody."""
        records = self.parts.given.records
        match self.approach.runs:
            case Runs.OWN_GPUS | Runs.SERVER:
                return ()
            case Runs.SERVICE:
                return records.base.retires, records.life.stops if records.life else None
            case Runs.SMALL:
                return records.base.retires, records.small[0].record.retires
            case _:
                sold = records.sold_for(self.approach.runs)
                return (sold[0].record.retires if sold else None,)

    @figure
    def cost(self) -> Cost:
        """All of it."""
        return Cost(
            self.setup,
            self.monthly_people,
            self.running,
            self.change,
            self.changes,
            self.parts.given.inputs.job.horizon_months,
            self.lost_each,
            self.again,
        )

    @figure
    def lost_each(self) -> float:
        """What wrong answers that are shipped add to a request. [USD per request]"""
        return self.parts.answers.lost_each(self.approach)

    @figure
    def again(self) -> Running | None:
        """What runs where each request is sent until its answer is right; nothing where none is sent again."""
        times = self.parts.answers.asked(self.approach)
        if times == 1:
            return None
        if not self.running.gpus:
            return self.running.sent(times)
        return self._with_all(self._requests(times)).sent(times)

    @figure
    def wrong_total(self) -> float:
        """What wrong answers cost over the horizon. [USD]"""
        months = self.parts.given.inputs.job.horizon_months
        if self.again is not None:
            return self.again.until(months) - self.running_total
        return self.lost_each * self.running.requests(months) if self.lost_each else 0.0

    @figure
    def shares(self) -> Shares:
        """Its set-up in two: what finding out takes, and what going live takes."""
        return self.parts.finding_out.shares(self.approach)

    @figure
    def alone(self) -> float:
        """What finding out takes beside the parts that are shared. [USD]"""
        return self.parts.finding_out.cost(self.shares.alone)

    @figure
    def go_live(self) -> float:
        """The rest of its set-up, spent only if it is kept; nothing is left where it runs today. [USD]"""
        if self.approach is self.parts.given.today:
            return 0.0
        return self.parts.people.cost(self.shares.live) + self.parts.training.others(self.approach) + self.setup.waiting

    @figure
    def kept(self) -> float:
        """What it costs over the horizon once it is live. [USD]"""
        return self.total - self.setup.total

    @figure
    def weeks(self) -> int:
        """Weeks until it is live, by itself, with what stands today. [week]"""
        return self.parts.finding_out.weeks(self.approach)

    @figure
    def running_total(self) -> float:
        """What runs, over the horizon. [USD]"""
        return self.running.until(self.parts.given.inputs.job.horizon_months)

    @figure
    def total(self) -> float:
        """All of it over the horizon: what `cost` comes to, from sums that seldom all move at once. [USD]"""
        fixed = formulas.total_cost_of_ownership(
            setup_cost=self.setup.total,
            monthly_cost=self.monthly_people,
            months=self.parts.given.inputs.job.horizon_months,
            cost_per_change=self.change.total,
            changes=len(self.changes),
        )
        return fixed + self.running_total + self.wrong_total
