"""Model fields whose column holds ciphertext and whose attribute opens only with the key of its compartment."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models.query_utils import DeferredAttribute

from privacy.encryption import aead, keyring
from privacy.encryption.locked import LOCKED, Locked
from privacy.errors import LockedValue

if TYPE_CHECKING:
    BinaryColumn = models.BinaryField[Any, Any]
else:
    BinaryColumn = models.BinaryField


class DigestField(BinaryColumn):
    """A keyed digest, made by `keys.blind`. Declaring it is all that a table needs for its digests to be rotated."""

    def deconstruct(self) -> Any:
        """For migrations it is the plain column that it is."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.BinaryField", args, kwargs


class Ciphertext(bytes):
    """Bytes that came from, or go to, the database; never shown."""

    def __repr__(self) -> str:
        return "<ciphertext>"


class SealedAttribute(DeferredAttribute):
    """Opens on reading and keeps what was set; the row's dossier, place and version are part of the seal."""

    def __get__(self, instance: Any, cls: type | None = None) -> Any:
        raw = super().__get__(instance, cls)
        if isinstance(raw, Ciphertext) and isinstance(self.field, SealedField):
            return self.field.open_for(instance, raw)
        return raw

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class SealedField(BinaryColumn):
    """Base of the sealed fields. The model must be a `SealedModel` (it has dossier, compartment and version)."""

    descriptor_class = SealedAttribute
    empty_values: list[Any] = [None]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def encode(self, value: Any) -> bytes:
        raise NotImplementedError

    def decode(self, plain: bytes) -> Any:
        raise NotImplementedError

    def _place(self, instance: Any) -> bytes:
        table = instance._meta.db_table
        return aead.place(instance.dossier_id, table, self.column, instance.pk, instance.version)

    def _key(self, instance: Any) -> bytes | None:
        return keyring.current().derived(instance.compartment_id, self.model._meta.db_table, str(self.column))

    def open_for(self, instance: Any, sealed: bytes) -> Any:
        """The plain value, or LOCKED without its key; raises TamperedValue when it does not fit its place."""
        key = self._key(instance)
        if key is None:
            return LOCKED
        return self.decode(aead.open_sealed(key, sealed, self._place(instance)))

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        value = getattr(model_instance, self.attname)
        if value is None:
            return None
        key = self._key(model_instance)
        if key is None or isinstance(value, Locked):
            raise LockedValue(f"{self.model.__name__}.{self.name} is written without its key")
        plain = self.encode(value)
        return Ciphertext(aead.seal(key, plain, self._place(model_instance)))

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Ciphertext | None:
        return None if value is None else Ciphertext(bytes(value))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is not None and not isinstance(value, Ciphertext):
            raise TypeError(f"{self.name} is sealed: write it with save(), and never filter on it")
        return super().get_db_prep_value(value, connection, prepared)

    def get_default(self) -> Any:
        return None

    def to_python(self, value: Any) -> Any:
        return value

    def value_to_string(self, obj: Any) -> str:
        raise LockedValue("sealed values are not serialised")


class SealedTextField(SealedField):
    """A text of any length."""

    def encode(self, value: Any) -> bytes:
        return str(value).encode()

    def decode(self, plain: bytes) -> str:
        return plain.decode()


class ErasableTextField(SealedTextField):
    """A text that may have been erased on request (`erased_at`): nothing of it is left, and it reads as empty."""

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        return None if model_instance.erased_at else super().pre_save(model_instance, add)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return "" if value is None else super().from_db_value(value, expression, connection)


class SealedDateField(SealedField):
    """A date."""

    def encode(self, value: Any) -> bytes:
        if not isinstance(value, date):
            raise TypeError("a date is needed")
        return value.isoformat().encode()

    def decode(self, plain: bytes) -> date:
        return date.fromisoformat(plain.decode())


class SealedJSONField(SealedField):
    """A small structure of texts, numbers, lists and dicts."""

    def encode(self, value: Any) -> bytes:
        return json.dumps(value, ensure_ascii=False, sort_keys=True).encode()

    def decode(self, plain: bytes) -> Any:
        return json.loads(plain)


class SealedBytesField(SealedField):
    """Bytes as they are, such as the key of a file."""

    def encode(self, value: Any) -> bytes:
        return bytes(value)

    def decode(self, plain: bytes) -> bytes:
        return plain
