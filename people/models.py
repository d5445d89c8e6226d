"""The district, its tree of units, its people and who speaks for which unit."""

from datetime import date
from functools import cached_property

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from activity import clock
from activity.composed import composed_once


class District(models.Model):
    """The one district of this installation."""

    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80)
    time_zone = models.CharField(max_length=60, default="America/Chicago")
    suppression_size = models.PositiveSmallIntegerField(
        default=10, help_text="Counts of students below this are shown as suppressed."
    )
    facts = models.JSONField(
        default=dict, blank=True, help_text="Published facts such as the number of students."
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_district")]

    def __str__(self):
        return self.name


class UnitQuerySet(models.QuerySet):
    def schools(self):
        return self.filter(kind=Unit.Kind.SCHOOL)


class Unit(models.Model):
    """A node of the district's tree. Any unit can sponsor or be asked."""

    class Kind(models.TextChoices):
        DIVISION = "division", "Division"
        DEPARTMENT = "department", "Department"
        CLUSTER = "cluster", "Cluster"
        SCHOOL = "school", "School"

    class Level(models.TextChoices):
        ELEMENTARY = "elementary", "Elementary"
        MIDDLE = "middle", "Middle"
        HIGH = "high", "High"
        ALTERNATIVE = "alternative", "Alternative"

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=Kind)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    cabinet_member = models.ForeignKey(
        "people.User", on_delete=models.PROTECT, null=True, blank=True, related_name="answers_for"
    )
    site_number = models.CharField(max_length=20, blank=True)
    level = models.CharField(max_length=12, choices=Level, blank=True)
    grades = models.CharField(max_length=40, blank=True)
    enrollment = models.PositiveIntegerField(null=True, blank=True)
    is_title_i = models.BooleanField("Title I school", default=False)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=~Q(parent=F("pk")), name="unit_not_own_parent"),
        ]

    def __str__(self):
        return self.name

    @property
    def shelf(self) -> tuple[int, str]:
        """Where it stands in a long list: departments first, then the schools by level."""
        if self.kind != self.Kind.SCHOOL:
            return (0, "Departments and divisions")
        levels = self.Level.values
        place = levels.index(self.level) if self.level in levels else len(levels)
        return (1 + place, f"{self.get_level_display()} schools" if self.level else "Other schools")


class UserManager(BaseUserManager):
    use_in_migrations = True

    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)  # None makes it unusable
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who signs in or is named. The e-mail is the name to sign in with."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    title = models.CharField(max_length=200, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="people")
    note = models.TextField(blank=True)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    @cached_property
    def posts_now(self) -> list["Post"]:
        """Posts that this person holds today; read once for each request, by every page."""
        today = clock.today()
        return [post for post in _posts().filter(person__pk=self.pk) if post.is_held_on(today)]

    @cached_property
    def roles(self) -> set[str]:
        return {post.role for post in self.posts_now}

    @cached_property
    def unit_ids(self) -> set[int]:
        """Units whose work is this person's too, private drafts included.

        Units of working posts, and the home unit of whoever only works there. A post that looks at the
        work of others (reviewer, auditor, steward) opens none, not even in the home unit.
        """
        working = {post.unit_id for post in self.posts_now if post.role in Post.WORKING}
        looks_on = any(post.role not in Post.WORKING for post in self.posts_now)
        return working if looks_on or not self.unit_id else working | {self.unit_id}

    @cached_property
    def near_unit_ids(self) -> set[int]:
        """Units to which this person stands near in any way: nobody judges their own."""
        ids = {post.unit_id for post in self.posts_now}
        return ids | {self.unit_id} if self.unit_id else ids

    @cached_property
    def spoken_for_ids(self) -> set[int]:
        """Units for which this person speaks as head or deputy."""
        return {p.unit_id for p in self.posts_now if p.role in (Post.Role.HEAD, Post.Role.DEPUTY)}

    @cached_property
    def delegated_acts(self) -> dict[tuple[int, str], "Delegation"]:
        """What is lent to this person today, by unit and act."""
        rows = self.delegations.current().select_related("unit", "delegated_by")
        return {(row.unit_id, row.act): row for row in rows.order_by("-until_date")}

    def holds(self, *roles: str) -> bool:
        return not self.roles.isdisjoint(roles)

    def speaks_for(self, unit_id: int) -> bool:
        """Head or deputy of that unit?"""
        return unit_id in self.spoken_for_ids

    def works_for(self, unit_id: int) -> bool:
        return unit_id in self.unit_ids

    def forget_posts(self) -> None:
        """Read posts and delegations anew, after they were changed in the same request."""
        for name in ("posts_now", "roles", "unit_ids", "near_unit_ids", "spoken_for_ids", "delegated_acts"):
            self.__dict__.pop(name, None)


class DatedQuerySet(models.QuerySet):
    def current(self, on=None):
        """Rows whose dates include `on`, today unless told."""
        on = on or clock.today()
        return self.filter(
            Q(from_date__isnull=True) | Q(from_date__lte=on),
            Q(until_date__isnull=True) | Q(until_date__gte=on),
        )


class Post(models.Model):
    """A role that a person holds in a unit, for a time. A person may hold several."""

    class Role(models.TextChoices):
        SUPERINTENDENT = "superintendent", "Superintendent"
        CFO = "cfo", "CFO"
        CABINET = "cabinet", "Cabinet member"
        HEAD = "head", "Head"
        DEPUTY = "deputy", "Deputy"
        CONTRIBUTOR = "contributor", "Contributor"
        STEWARD = "steward", "Process steward"
        RESEARCH = "research_partner", "Research partner"
        PRINCIPAL = "principal", "Principal"
        ADVISORY = "advisory_reviewer", "Advisory reviewer"
        BOARD = "board_liaison", "Board liaison"
        AUDITOR = "auditor", "Auditor"
        ADMINISTRATOR = "administrator", "Administrator"
        SLATE_BUILDER = "slate_builder", "Slate builder"

    # Posts of people who do the unit's work; the others look at the work of all.
    WORKING = (
        Role.SUPERINTENDENT, Role.CFO, Role.CABINET, Role.HEAD, Role.DEPUTY, Role.CONTRIBUTOR, Role.RESEARCH,
        Role.PRINCIPAL, Role.SLATE_BUILDER,
    )  # fmt: skip

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="posts")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="posts")
    role = models.CharField(max_length=20, choices=Role)
    from_date = models.DateField("from", null=True, blank=True)
    until_date = models.DateField("until", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["unit__code", "role", "person__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "unit", "role"],
                condition=Q(until_date=None),
                name="post_once_while_open",
            ),
            models.CheckConstraint(
                condition=Q(until_date=None) | Q(from_date=None) | Q(until_date__gte=F("from_date")),
                name="post_dates_in_order",
            ),
        ]
        indexes = [models.Index(fields=["unit", "role"])]

    def __str__(self):
        return f"{self.get_role_display()}, {self.unit}"

    def is_held_on(self, day: date) -> bool:
        """What `current()` asks in a query."""
        return (self.from_date or day) <= day <= (self.until_date or day)


@composed_once
def _posts() -> DatedQuerySet:
    """Put together once, and asked for one person each time."""
    return Post.objects.select_related("unit").order_by("unit__code", "role")


class Delegation(models.Model):
    """The right to do one kind of act for a unit, lent to a person for stated days."""

    class Act(models.TextChoices):
        ANSWER_ASKS = "answer_asks", "Answer asks"

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="delegations")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="delegations")
    act = models.CharField(max_length=20, choices=Act)
    from_date = models.DateField("from")
    until_date = models.DateField("until")
    delegated_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    delegated_at = models.DateTimeField()

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_date__gte=F("from_date")), name="delegation_dates_in_order"
            ),
        ]

    def __str__(self):
        return f"{self.get_act_display()} for {self.unit}: {self.person}"


class InvitationQuerySet(models.QuerySet):
    def open(self):
        """Not used and not expired, in real time."""
        return self.filter(used_at=None, expires_at__gt=timezone.now())


class Invitation(models.Model):
    """A one-time address that lets a person choose a password, or makes the first administrator."""

    token_digest = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(
        User, on_delete=models.CASCADE, null=True, blank=True, related_name="invitations"
    )
    makes_administrator = models.BooleanField(default=False)
    email = models.EmailField(blank=True, help_text="Suggested on the page when there is no person yet.")
    name = models.CharField(max_length=200, blank=True)
    expires_at = models.DateTimeField(help_text="Real time.")
    used_at = models.DateTimeField(null=True, blank=True, help_text="Real time.")

    objects = InvitationQuerySet.as_manager()

    def __str__(self):
        return f"Invitation for {self.person or 'the first administrator'}"
